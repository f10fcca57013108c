package retail.inventory.web.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import retail.inventory.web.AnswerHeaders;
import retail.inventory.web.BufferedBody;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;
import retail.inventory.web.RequestIdFilter;
import retail.inventory.web.RequestLog;

/**
 * What Tomcat refuses before any filter runs (a target with {@code %00} or raw letters beyond ASCII, headers that are too
 * long, anything while it stops) as a problem instead of its page of HTML, or of nothing at all.
 */
final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    private final RequestLog log;
    private final ObjIntConsumer<Request> counter;

    /**
     * A valve for the pipeline of the host.
     *
     * @param counter is told each request that is refused here, with its status
     */
    ProblemValve(RequestLog log, ObjIntConsumer<Request> counter) {
        this.log = log;
        this.counter = counter;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (UnreadRefusal.isWithoutVersion(request)) {
            response.sendError(HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED);
            response.setSuspended(false);
            report(request, response, null);
        } else {
            super.invoke(request, response);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        BufferedBody.RefusedBodyException refused = BufferedBody.RefusedBodyException.of(request);
        if (response.setErrorReported()) {
            if (refused == null) {
                unread(request, response, throwable);
            } else {
                refused(request, response, refused);
            }
        } else if (!response.isError()) {
            bare(request, response);
        }
    }

    /** Somebody set a status and nothing else, as actuator does for what it does not have. */
    private static void bare(Request request, Response response) {
        int status = response.getStatus();
        ProblemType type = ProblemType.of(status);
        String id = String.valueOf(response.getHeader(RequestIdFilter.HEADER));
        String detail = type == ProblemType.NO_SUCH_ROUTE
                ? "There is nothing with this name."
                : "The request was refused: " + type.title().toLowerCase(Locale.ROOT) + ".";
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            write(response, Problems.json(type, status, detail, request.getRequestURI(), id));
        } catch (IOException | IllegalStateException clientGone) {
            LOG.debug("An error could not be reported", clientGone);
        }
    }

    private void unread(Request request, Response response, @Nullable Throwable throwable) {
        UnreadRefusal refusal = UnreadRefusal.of(request, response.getStatus(), throwable);
        int status = refusal.type().status().value();
        if (refusal.type() == ProblemType.INVALID_REQUEST || refusal.type() == ProblemType.INTERNAL_ERROR) {
            status = response.getStatus();
        }
        String id = RequestIdFilter.idFor(request.getHeader(RequestIdFilter.HEADER));
        log.refusedUnread(request, refusal.type(), status, id);
        counter.accept(request, status);
        AnswerHeaders.setDefaults(
                response.getCoyoteResponse(), request.isSecure()); // gone when the answer had begun and was taken back
        byte[] problem = Problems.json(refusal.type(), status, refusal.detail(), request.getRequestURI(), id);
        try {
            response.setStatus(status);
            if (refusal.type() == ProblemType.STOPPING) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
            }
            response.setHeader(RequestIdFilter.HEADER, id);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            if (request.getCoyoteRequest().getAttribute(HttpProcessor.WITHOUT_HEAD) != null) {
                response.getOutputStream().write(headOf(status, id));
            }
            write(response, problem);
        } catch (IOException | IllegalStateException clientGone) {
            LOG.debug("An error could not be reported", clientGone);
        }
    }

    /** A body that did not come as it must: the filter has said why, and Tomcat keeps it from answering by itself. */
    private static void refused(Request request, Response response, BufferedBody.RefusedBodyException refused) {
        int status = refused.type().status().value();
        String id = String.valueOf(response.getHeader(RequestIdFilter.HEADER));
        try {
            response.setStatus(status);
            if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
            }
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            write(response, Problems.json(refused.type(), status, refused.detail(), request.getRequestURI(), id));
        } catch (IOException | IllegalStateException clientGone) {
            LOG.debug("An error could not be reported", clientGone);
        }
    }

    private static void write(Response response, byte[] problem) throws IOException {
        response.getOutputStream().write(problem);
        response.finishResponse();
    }

    /** The web server writes none for HTTP/0.9, which has none: its client would take the problem for the thing it asked for. */
    private static byte[] headOf(int status, String requestId) {
        String head = "HTTP/1.1 " + status + " \r\n" + RequestIdFilter.HEADER + ": " + requestId + "\r\n"
                + HttpHeaders.CONTENT_TYPE + ": " + MediaType.APPLICATION_PROBLEM_JSON_VALUE + "\r\n"
                + AnswerHeaders.CACHE_CONTROL + ": no-store\r\n" + HttpHeaders.CONNECTION + ": close\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }
}
