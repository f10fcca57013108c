package retail.inventory.web;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1 with {@link HttpProcessor}; public, with a public constructor, for Tomcat makes it by its name. */
public final class HttpProtocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new HttpProcessor(this, getAdapter());
    }
}
