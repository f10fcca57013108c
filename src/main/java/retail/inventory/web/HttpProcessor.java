package retail.inventory.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as Tomcat handles it, but for two things. Every answer has {@link AnswerHeaders}, also those that Tomcat gives
 * before anything of ours runs. And a host's name is as free as its standard says, where Tomcat refuses {@code _}.
 */
class HttpProcessor extends Http11Processor {

    /** An attribute of a request of Tomcat's: its {@code Host} is none. */
    static final String BAD_HOST = HttpProcessor.class.getName() + ".badHost";

    HttpProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    /** Called once for each request when its head is there, and also when it could not be parsed. */
    @Override
    protected void parseHost(@Nullable MessageBytes header) {
        AnswerHeaders.setDefaults(response);
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
}
