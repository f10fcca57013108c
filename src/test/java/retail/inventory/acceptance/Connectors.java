package retail.inventory.acceptance;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** What a running service listens with: first for clients, then for operators when these have a port of their own. */
public final class Connectors {

    private Connectors() {}

    /** The connector for clients. */
    static Connector main(RunningService service) {
        return of(service)[0];
    }

    /** The port that health, metrics and actuator have of their own. */
    public static int managementPort(RunningService service) {
        return of(service)[1].getLocalPort();
    }

    private static Connector[] of(RunningService service) {
        if (service.bean(DispatcherServlet.class).getWebApplicationContext()
                        instanceof WebServerApplicationContext context
                && context.getWebServer() instanceof TomcatWebServer server) {
            return server.getTomcat().getService().findConnectors();
        }
        throw new AssertionError("there is no Tomcat");
    }
}
