package retail.inventory.web;

import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** What the framework does with a request before any code of this service sees it. */
@Configuration(proxyBeanMethods = false)
class FrontDoorConfiguration {

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
