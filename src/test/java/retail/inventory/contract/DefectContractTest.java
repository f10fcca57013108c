package retail.inventory.contract;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;
import retail.inventory.simulation.ExpectedErrors;

/** When a request meets a defect, its client gets the 500 of {@code openapi.yaml}. */
@ExtendWith(ExpectedErrors.class)
class DefectContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0", "--spring.main.sources=" + Defect.class.getName());

    /** Fails where the stock routes, which have no interceptors, first look at a request. */
    private static final class Unlucky extends HttpServletRequestWrapper {
        private boolean failed;

        private Unlucky(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            if (name.equals("Accept") && !failed) {
                failed = true;
                throw new IllegalStateException("made by a test");
            }
            return super.getHeader(name);
        }
    }

    /** Fails where any controller would. */
    static class Defect implements HandlerInterceptor {

        @Bean
        static WebMvcConfigurer everywhere() {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry interceptors) {
                    interceptors.addInterceptor(new Defect());
                }
            };
        }

        /** Right before the stock routes. */
        @Bean
        static FilterRegistrationBean<Filter> toStock() {
            FilterRegistrationBean<Filter> filter =
                    new FilterRegistrationBean<>((request, response, chain) -> chain.doFilter(
                            request instanceof HttpServletRequest http
                                            && http.getRequestURI().matches(".*/(stores/STORE001/inventory|holds).*")
                                    ? new Unlucky(http)
                                    : request,
                            response));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 6);
            return filter;
        }

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            throw new IllegalStateException("made by a test");
        }
    }

    static Stream<Answer> answers() {
        return FILE.of(DefectContractTest.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        OpenApiFile.require(answer, SERVICE.send(answer.method(), answer.anyPath(), null));
    }
}
