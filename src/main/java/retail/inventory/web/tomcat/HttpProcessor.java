package retail.inventory.web.tomcat;

import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import retail.inventory.web.AnswerHeaders;
import retail.inventory.web.HostHeader;

/**
 * A connection, as Tomcat handles it, but for three things. Every answer has {@link AnswerHeaders}, also those that Tomcat gives
 * before anything of ours runs. And a host's name is as free as its standard says, where Tomcat refuses {@code _}.
 * A request that says its length in two ways is refused: a proxy may have believed the other one.
 */
class HttpProcessor extends Http11Processor {

    /** An attribute of a request of Tomcat's: its {@code Host} is none. */
    static final String BAD_HOST = HttpProcessor.class.getName() + ".badHost";

    /** An attribute of a request of Tomcat's: it has a {@code Content-Length} beside a {@code Transfer-Encoding}. */
    static final String TWO_LENGTHS = HttpProcessor.class.getName() + ".twoLengths";

    /** An attribute of a request of Tomcat's: its answer goes out without a first line and headers. */
    static final String WITHOUT_HEAD = HttpProcessor.class.getName() + ".withoutHead";

    private static final byte[] ROOT = {'/'};

    private final boolean tls;

    /** As long as Tomcat thinks so: until it reads a version, which may be on another connection, for this is used again. */
    private boolean withoutVersion;

    HttpProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
        this.tls = protocol.isSSLEnabled();
    }

    /** Asked, among others, between reading the head and the work with it, which forgets one of two lengths. */
    @Override
    protected ErrorState getErrorState() {
        int stage = request.getRequestProcessor().getStage();
        if ((stage == Constants.STAGE_PARSE || stage == Constants.STAGE_KEEPALIVE) && hasTwoLengths()) {
            response.setStatus(400);
            request.setAttribute(TWO_LENGTHS, true);
            setErrorState(ErrorState.CLOSE_CLEAN, null);
        }
        return super.getErrorState();
    }

    private boolean hasTwoLengths() {
        MimeHeaders headers = request.getMimeHeaders();
        return headers.getValue("Transfer-Encoding") != null
                && headers.getValue("Content-Length") != null
                && request.getAttribute(TWO_LENGTHS) == null;
    }

    /** What Tomcat and the servlet container would answer by themselves, with methods that no route here takes. */
    private void leaveToTheRoutes() {
        if ("TRACE".equals(request.getMethod())) {
            request.setMethod("trace"); // a method that nothing takes, as methods differ by case
        } else if (request.requestURI().equals("*") && "OPTIONS".equals(request.getMethod())) {
            request.requestURI().setBytes(ROOT, 0, ROOT.length);
        }
    }

    /** Called once for each request when its head is there, and also when it could not be parsed. */
    @Override
    protected void parseHost(@Nullable MessageBytes header) {
        AnswerHeaders.setDefaults(response, tls);
        leaveToTheRoutes();
        noteVersion();
        if (header == null || header.isNull() || header.getLength() == 0) {
            super.parseHost(header);
            return;
        }
        HostHeader host = HostHeader.parse(header.toString());
        if (host == null) {
            response.setStatus(400);
            request.setAttribute(BAD_HOST, true);
            setErrorState(ErrorState.CLOSE_CLEAN, null);
        } else {
            request.serverName().setString(host.name());
            request.setServerPort(host.port());
        }
    }

    /** A first line that cannot be read leaves Tomcat with what it thought of the one before. */
    private void noteVersion() {
        if (!request.requestURI().isNull() && !request.protocol().isNull()) {
            withoutVersion = request.protocol().equals("");
        }
        if (withoutVersion) {
            request.setAttribute(WITHOUT_HEAD, true);
        }
    }
}
