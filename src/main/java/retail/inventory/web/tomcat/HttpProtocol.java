package retail.inventory.web.tomcat;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 with {@link HttpProcessor} and {@link ConnectionsEndpoint}; public, with a public constructor, for Tomcat
 * makes it by its name.
 */
public final class HttpProtocol extends Http11NioProtocol {

    private final ConnectionsEndpoint endpoint;

    public HttpProtocol() {
        this(new ConnectionsEndpoint());
    }

    HttpProtocol(ConnectionsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    public static HttpProtocol of(Connector connector) {
        return (HttpProtocol) connector.getProtocolHandler();
    }

    /** Bounds its connections; before the start. */
    public void bound(int connections, ClosedConnections closed) {
        setMaxConnections(connections);
        endpoint.tell(closed);
    }

    @Override
    protected Processor createProcessor() {
        return new HttpProcessor(this, getAdapter());
    }
}
