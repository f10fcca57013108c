package retail.inventory.web;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import retail.inventory.admission.Door;
import retail.inventory.admission.Traffic;

/** What the web server and the framework do with a request before any code of this service sees it. */
@Configuration(proxyBeanMethods = false)
class FrontDoorConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(
            RequestLog log, ObjectProvider<RequestMetrics> metrics, ObjectProvider<Door> door) {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.getPipeline().addValve(new ProblemValve(log, (request, status) -> {
                    long now = System.nanoTime();
                    metrics.getObject().ended(request, request.getResponse(), status, now, now);
                    Traffic traffic = door.getObject().traffic();
                    traffic.began();
                    traffic.ended(status);
                }));
            }
        });
    }

    /** 100 Continue is said when the body is read, not when a request comes that is then refused without it. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> continueWhenRead() {
        return tomcat ->
                tomcat.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    @Bean
    WebMvcConfigurer acceptedTypes() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                negotiation.strategies(List.of(new AcceptedTypes()));
            }
        };
    }

    @Bean
    MappedInterceptor knownParameters() {
        return new MappedInterceptor(null, new KnownParameters());
    }

    /**
     * Off: it asks each request for its language before anybody needs to know, which Tomcat answers with an exception when
     * the client has many.
     */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        FilterRegistrationBean<RequestContextFilter> off = new FilterRegistrationBean<>(new RequestContextFilter());
        off.setEnabled(false);
        return off;
    }
}
