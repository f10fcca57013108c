package retail.inventory.access;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;
import retail.inventory.background.PacedLoop;

/** Tokens, where an issuer was named. The service starts without it, for keys are let in all the same. */
@Configuration(proxyBeanMethods = false)
@Conditional(TokenConfiguration.IssuerIsNamed.class)
class TokenConfiguration {

    private static final long LOOK_EVERY_MS = 1000;

    static final class IssuerIsNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("inventory.access.jwt-issuer"));
        }
    }

    @Bean
    TokenSettings tokenSettings(AccessConfiguration.AccessProperties properties) {
        return TokenSettings.of(
                properties.jwtIssuer(),
                properties.jwtAudience(),
                properties.jwtJwks(),
                new ClaimedGrants.Names(properties.jwtScopes(), properties.jwtStores(), properties.jwtRoles()));
    }

    @Bean
    IssuerKeys issuerKeys(TokenSettings settings) {
        return new IssuerKeys(new IssuerPages(settings), System::nanoTime);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PacedLoop issuerLoop(IssuerKeys issuer) {
        return new PacedLoop(
                Thread.ofPlatform().daemon().name("access-issuer").factory(), LOOK_EVERY_MS, issuer::look, () -> {});
    }

    @Bean
    Tokens tokens(TokenSettings settings, IssuerKeys issuer, Keys keys, InstantSource clock) {
        return new Tokens(
                issuer,
                new TokenRules(settings.issuer(), settings.audience(), clock),
                new ClaimedGrants(settings.claims()),
                keys,
                clock,
                System::nanoTime,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
