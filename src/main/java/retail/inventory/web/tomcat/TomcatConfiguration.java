package retail.inventory.web.tomcat;

import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.admission.Admission;
import retail.inventory.admission.RequestCounters;
import retail.inventory.web.RequestLog;
import retail.inventory.web.RequestMetrics;
import retail.inventory.web.WebConfiguration.WebProperties;

/** What the web server does with a connection, and with a request before any filter of this service sees it. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    private static final long UNLOAD_DELAY_MS = 50;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(
            RequestLog log, ObjectProvider<RequestMetrics> metrics, ObjectProvider<Admission> door) {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.getPipeline().addValve(new ProblemValve(log, (request, status) -> {
                    long now = System.nanoTime();
                    metrics.getObject().ended(request, request.getResponse(), status, now, now);
                    RequestCounters traffic = door.getObject().traffic();
                    traffic.began();
                    traffic.ended(status);
                }));
            }
        });
    }

    /** A SKU may have both kinds of slashes, encoded; what a path is, {@code RequestPath} decides by the path as it came. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        String passed = EncodedSolidusHandling.PASS_THROUGH.getValue();
        return tomcat -> tomcat.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(passed);
            connector.setEncodedReverseSolidusHandling(passed);
        });
    }

    /** 100 Continue is said when the body is read, not when a request comes that is then refused without it. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> continueWhenRead() {
        return tomcat ->
                tomcat.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(
            WebProperties properties, ClosedConnections closed) {
        int connections = properties.connections(Runtime.getRuntime().maxMemory());
        return tomcat -> {
            tomcat.setProtocol(HttpProtocol.class.getName());
            tomcat.addConnectorCustomizers(
                    connector -> HttpProtocol.of(connector).bound(connections, closed));
        };
    }

    /** At the end Tomcat would wait two more seconds for requests that the graceful shutdown has given up on. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noSecondWaitForRequests() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context instanceof StandardContext standard) {
                standard.setUnloadDelay(UNLOAD_DELAY_MS);
            }
        });
    }
}
