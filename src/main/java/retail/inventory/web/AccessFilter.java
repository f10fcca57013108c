package retail.inventory.web;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import retail.inventory.access.Access;
import retail.inventory.access.Identity;
import retail.inventory.access.KeyText;
import retail.inventory.access.Operation;
import retail.inventory.access.Refusals;

/**
 * Who sends a request, and whether that one may: before its body is read, and before anything is looked up. A store that the
 * path names is checked here; those in a body where they are read, by {@link RequestIdentity#require}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class AccessFilter extends RequestFilter implements MeterBinder {

    private final Supplier<Access> access;
    private final Supplier<Refusals> trailed;
    private final NewTokens newTokens;
    private final ClientRate rate;
    private final Map<ProblemType, LongAdder> refused = Map.of(
            ProblemType.UNAUTHENTICATED, new LongAdder(),
            ProblemType.FORBIDDEN, new LongAdder(),
            ProblemType.AMBIGUOUS_CREDENTIALS, new LongAdder());

    /**
     * The web server makes its filters before all else, and a start that fails for want of a key should not fail in there. What is
     * asked for on each request is looked up once.
     */
    AccessFilter(
            ObjectProvider<Access> access, ObjectProvider<Refusals> trailed, NewTokens newTokens, ClientRate rate) {
        this.access = SingletonSupplier.of(access::getObject);
        this.trailed = SingletonSupplier.of(trailed::getObject);
        this.newTokens = newTokens;
        this.rate = rate;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("inventory.access.open", access, door -> door.get().mode() == Access.Mode.OPEN ? 1 : 0)
                .description("1 where ACCESS=open lets everybody do everything")
                .register(registry);
        refused.forEach((type, count) -> FunctionCounter.builder("inventory.access.refused", count, LongAdder::sum)
                .description("requests that were refused for who sent them")
                .tag("reason", reason(type))
                .register(registry));
    }

    private void count(ProblemType type, String sender, Map<String, String> details) {
        requireNonNull(refused.get(type)).increment();
        trailed.get().add(sender, details);
    }

    private void countForbidden(Identity identity, RequestIdentity.Refused what) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("reason", reason(ProblemType.FORBIDDEN));
        details.put("operation", what.operation().word());
        if (what.storeId() != null) {
            details.put("store", what.storeId());
        }
        count(ProblemType.FORBIDDEN, identity.by(), details);
    }

    private void refuseUnknown(
            ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        count(type, "address " + rate.address(request), Map.of("reason", reason(type)));
        Problems.send(type, detail, request, response);
    }

    private static String reason(ProblemType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = Credentials.of(request);
        boolean asked = access.get().mode() == Access.Mode.REQUIRED;
        // Where nobody is asked, what is none of our keys is somebody else's business, a proxy's for instance.
        if (!asked && (sent == null || !KeyText.isMeantAsKey(sent))) {
            RequestIdentity.set(request, Identity.LOCAL);
            chain.doFilter(request, response);
            return;
        }
        filterKnown(sent, request, response, chain);
    }

    private void filterKnown(
            @Nullable String sent, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StockRoute stock = StockRoute.of(request);
        RouteNeeds needs = RouteNeeds.of(RequestPath.of(request), request.getMethod(), stock);
        Identity identity = sent == null || sent.isEmpty() ? null : access.get().identify(sent);
        if (identity == null) {
            NewTokens.Outcome seen =
                    newTokens.verify(sent, needs.scope() == RouteNeeds.Scope.PUBLIC, request, response);
            if (seen.isAnswered()) {
                return;
            }
            identity = seen.identity();
        }
        if (identity != null) {
            RequestIdentity.set(request, identity);
        } else if (needs.scope() != RouteNeeds.Scope.PUBLIC) {
            refuseUnknown(sent, request, response);
            return;
        }
        if (identity == null) {
            chain.doFilter(request, response);
        } else {
            filterIdentity(identity, needs, stock, request, response, chain);
        }
    }

    private void filterIdentity(
            Identity identity,
            RouteNeeds needs,
            @Nullable StockRoute stock,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        try {
            if (mayIn(needs, stock, identity, request, response)) {
                chain.doFilter(request, response);
            }
        } finally {
            RequestIdentity.Refused what = RequestIdentity.findRefused(request);
            if (what != null) {
                countForbidden(identity, what);
            }
        }
    }

    private boolean mayIn(
            RouteNeeds needs,
            @Nullable StockRoute stock,
            Identity identity,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Operation operation = needs.operation();
        if (needs.scope() == RouteNeeds.Scope.NONE) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "Nothing is served at this path");
            return false;
        }
        if (operation == null) {
            return true;
        }
        if (!needs.areMetBy(identity)) {
            RequestIdentity.refused(request, operation, stock == null ? null : stock.storeId());
            forbid(
                    operation,
                    "This identity may not do this: it needs a grant of " + operation.word()
                            + (needs.scope() == RouteNeeds.Scope.EVERYWHERE ? " for all stores." : "."),
                    request,
                    response);
            return false;
        }
        // One that is encoded is refused by its route, for everybody.
        if (stock != null && stock.hasPlainStoreId() && !identity.may(operation, stock.storeId())) {
            RequestIdentity.refused(request, operation, stock.storeId());
            forbid(operation, RequestIdentity.detail(operation, stock.storeId()), request, response);
            return false;
        }
        return true;
    }

    /** One answer for all that is wrong with a key or token, so that nobody learns which there are. */
    private void refuseUnknown(@Nullable String sent, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!rate.isKeptTo(rate.address(request), 1, request, response)) {
            return;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (sent != null && sent.isEmpty()) {
            refuseUnknown(
                    ProblemType.AMBIGUOUS_CREDENTIALS,
                    "Nothing was changed: the request has several keys or tokens, or an empty one. Send one, once, as Authorization:"
                            + " Bearer or as " + Credentials.API_KEY + ".",
                    request,
                    response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, RequestIdentity.challenge(sent != null));
        refuseUnknown(
                ProblemType.UNAUTHENTICATED,
                "Nothing was changed: send a key or token that can be used, as Authorization: Bearer … .",
                request,
                response);
    }

    private void forbid(Operation operation, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, RequestIdentity.insufficient(operation));
        Problems.send(ProblemType.FORBIDDEN, "Nothing was changed. " + detail, request, response);
    }
}
