package retail.inventory.web.tomcat;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * The port of their own that operators may give health, metrics and actuator ({@code MANAGEMENT_PORT}): it has connections
 * of its own, so that it answers when clients have taken all others. It is a second connector of the same web server, so
 * that everything that is done for a request is done there as well.
 */
final class ManagementPort {

    /** Enough for probes and scrapes, however many there are. */
    private static final int CONNECTIONS_MAX = 64;

    private final @Nullable Connector connector;

    private ManagementPort(@Nullable Connector connector) {
        this.connector = connector;
    }

    /** None of its own: all is served at one port. */
    static ManagementPort none() {
        return new ManagementPort(null);
    }

    /** A port of its own, once {@link #addTo} has added it to the web server; 0 = any free one. */
    static ManagementPort at(int port) {
        Connector connector = new Connector(new HttpProtocol());
        connector.setPort(port);
        return new ManagementPort(connector);
    }

    /** Gives the web server the connector, with everything that its main one will be given. */
    void addTo(TomcatServletWebServerFactory tomcat) {
        if (connector != null && connector.getProtocolHandler() instanceof HttpProtocol protocol) {
            protocol.setAddress(tomcat.getAddress());
            connector.setProperty("bindOnInit", "false"); // the main one does not answer before the start either
            tomcat.getConnectorCustomizers().forEach(each -> each.customize(connector));
            tomcat.getProtocolHandlerCustomizers().forEach(each -> customize(each, protocol));
            protocol.setMaxConnections(CONNECTIONS_MAX);
            tomcat.addAdditionalConnectors(connector);
        }
    }

    /** Whether health, metrics and actuator have a port of their own. */
    boolean isSeparate() {
        return connector != null;
    }

    /** Whether a request came in by it. */
    boolean isOf(HttpServletRequest request) {
        return connector != null && request.getLocalPort() == connector.getLocalPort();
    }

    @SuppressWarnings("unchecked") // a customizer takes the protocol that the factory makes, which is this one
    private static void customize(TomcatProtocolHandlerCustomizer<?> customizer, HttpProtocol protocol) {
        ((TomcatProtocolHandlerCustomizer<HttpProtocol>) customizer).customize(protocol);
    }
}
