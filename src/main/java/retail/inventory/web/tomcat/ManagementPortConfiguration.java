package retail.inventory.web.tomcat;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import retail.inventory.web.WebConfiguration.WebProperties;

/** The port of their own for health, metrics and actuator, when {@code MANAGEMENT_PORT} says one. */
@Configuration(proxyBeanMethods = false)
class ManagementPortConfiguration {

    @Bean
    ManagementPort managementPort(WebProperties properties) {
        Integer port = properties.managementPort();
        return port == null || (port != 0 && port == properties.port())
                ? ManagementPort.none()
                : ManagementPort.at(port);
    }

    /** The last one, so that it gives the port all that the others want. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> secondPort(ManagementPort port) {
        return port::addTo;
    }

    @Bean
    FilterRegistrationBean<ManagementPortFilter> managementPortFilter(ManagementPort port) {
        FilterRegistrationBean<ManagementPortFilter> filter =
                new FilterRegistrationBean<>(new ManagementPortFilter(port));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        filter.setEnabled(port.isSeparate());
        return filter;
    }
}
