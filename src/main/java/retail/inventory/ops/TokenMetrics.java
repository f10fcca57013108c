package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.access.IssuerKeys;
import retail.inventory.access.Tokens;

/** How tokens and their issuer are doing; nothing, and an unknown issuer, where none is named. */
@Component
class TokenMetrics implements MeterBinder {

    private final @Nullable Tokens tokens;
    private final @Nullable IssuerKeys issuer;

    TokenMetrics(ObjectProvider<Tokens> tokens, ObjectProvider<IssuerKeys> issuer) {
        this.tokens = tokens.getIfAvailable();
        this.issuer = issuer.getIfAvailable();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Tokens.Outcome outcome : Tokens.Outcome.values()) {
            FunctionCounter.builder("inventory.access.tokens", outcome, this::count)
                    .description("tokens that were not remembered, by what came of them")
                    .tag("outcome", outcome.word())
                    .register(registry);
        }
        FunctionCounter.builder("inventory.access.claims.ignored", this, TokenMetrics::ignored)
                .description("words in tokens that were meant for this service, and mean nothing to it")
                .register(registry);
        Gauge.builder("inventory.access.issuer.away", this, TokenMetrics::away)
                .description("1 while the issuer's keys cannot be read")
                .register(registry);
        Gauge.builder("inventory.access.issuer.keys", this, TokenMetrics::keys)
                .description("public keys of the issuer")
                .register(registry);
    }

    private double count(Tokens.Outcome outcome) {
        return tokens == null ? 0 : tokens.count(outcome);
    }

    private double ignored() {
        return tokens == null ? 0 : tokens.ignoredWords();
    }

    private double away() {
        return issuer == null ? Double.NaN : issuer.problem().isEmpty() ? 0 : 1;
    }

    private double keys() {
        return issuer == null ? Double.NaN : issuer.size();
    }
}
