package retail.inventory.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * What Tomcat refuses before any filter runs (a path with {@code %2F} or {@code %00}, a broken header, anything while it
 * stops) as a problem instead of its page of HTML.
 */
final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    private final RequestLog log;

    ProblemValve(RequestLog log) {
        this.log = log;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        boolean stopping = isStopping(request);
        ProblemType type = stopping ? ProblemType.STOPPING : ProblemType.of(response.getStatus());
        int status = stopping ? type.status().value() : response.getStatus();
        String id = RequestIdFilter.idFor(request.getHeader(RequestIdFilter.HEADER));
        log.refusedUnread(request, type, status, id);
        String detail = stopping ? Problems.STOPPING : detail(request);
        AnswerHeaders.setDefaults(response.getCoyoteResponse()); // gone when the answer had begun and was taken back
        try {
            if (stopping) {
                response.setStatus(status);
                response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
            }
            response.setHeader(RequestIdFilter.HEADER, id);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(Problems.json(type, status, detail, String.valueOf(request.getRequestURI()), id));
            response.finishResponse();
        } catch (IOException | IllegalStateException clientGone) {
            LOG.debug("An error could not be reported", clientGone);
        }
    }

    private static String detail(Request request) {
        return request.getCoyoteRequest().getAttribute(HttpProcessor.BAD_HOST) == null
                ? "The request was refused before it was read: its path, method or headers are not valid. A path"
                        + " must not have an encoded slash, a backslash or control characters."
                : "The Host header must be the name of a host or its address, with or without a port.";
    }

    /**
     * Tomcat reads no headers of a request that comes while it is paused, then misses the {@code Host} among them and
     * makes its own 503 a 400: its client would take a stop for a mistake of its own and not try again.
     */
    private static boolean isStopping(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }
}
