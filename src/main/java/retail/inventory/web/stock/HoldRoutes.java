package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldNow;
import retail.inventory.service.HoldWish;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.Line;
import retail.inventory.web.EntityTags;
import retail.inventory.web.HoldRoute;
import retail.inventory.web.KnownParameters;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestPath;
import retail.inventory.web.RequestPrice;
import retail.inventory.web.RequestValues;
import retail.inventory.web.stock.HoldProblems.Asked;
import retail.inventory.web.stock.HoldRequests.ConfirmRequest;
import retail.inventory.web.stock.HoldRequests.ExtendRequest;
import retail.inventory.web.stock.HoldRequests.PlaceRequest;
import retail.inventory.web.stock.HoldRequests.ReleaseRequest;
import retail.inventory.web.stock.HoldResponses.HoldResponse;
import tools.jackson.databind.json.JsonMapper;

/** Holds: placing them, what becomes of them, and reading. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
class HoldRoutes extends JsonRoutes {

    private static final String KEY = "Idempotency-Key";

    private final Stock stock;
    private final StockChanges changes;
    private final HoldPages pages;
    private final JsonBody<PlaceRequest> placements;
    private final JsonBody<ConfirmRequest> confirms;
    private final JsonBody<ReleaseRequest> releases;
    private final JsonBody<ExtendRequest> extensions;

    HoldRoutes(
            Stock stock,
            StockChanges changes,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors,
            JsonMapper json) {
        super(errors, json);
        this.stock = stock;
        this.changes = changes;
        this.pages = new HoldPages(stock);
        this.placements = new JsonBody<>(json, PlaceRequest.class);
        this.confirms = new JsonBody<>(json, ConfirmRequest.class);
        this.releases = new JsonBody<>(json, ReleaseRequest.class);
        this.extensions = new JsonBody<>(json, ExtendRequest.class);
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HoldRoute route = HoldRoute.of(RequestPath.of(request), request.getMethod());
        if (route == null) {
            chain.doFilter(request, response);
        } else {
            boolean taken = route.takes(request.getMethod());
            answer(route.pattern(), route.methods(), taken, request, response, () -> answer(route, request, response));
        }
    }

    private void answer(HoldRoute route, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (route.action() == HoldRoute.Action.LIST) {
            KnownParameters.require(request, HoldPages.PARAMETERS);
            write(response, pages.list(request));
            return;
        }
        KnownParameters.require(request, List.of());
        switch (route.action()) {
            case READ -> read(idOf(route), request, response);
            case CREATE -> {
                String key = RequestValues.idempotencyKey(request);
                if (key == null) {
                    throw ProblemException.invalid(
                            KEY, "Idempotency-Key must be sent: the hold's id is made of it; or PUT /holds/{holdId}");
                }
                RequestValues.requireNoCondition(request);
                place(route, new Asked(HoldIds.of(key), HoldOperation.HOLD, null, null, true), request, response);
            }
            case PLACE -> {
                Long ifMatch = RequestValues.ifMatch(request, stock);
                place(route, new Asked(idOf(route), HoldOperation.HOLD, null, ifMatch, false), request, response);
            }
            default -> {
                RequestValues.requireNoCondition(request);
                change(route, idOf(route), request, response);
            }
        }
    }

    private static String idOf(HoldRoute route) {
        String holdId = requireNonNull(route.holdId());
        RequestValues.requireHoldId(holdId, route.hasPlainId());
        return holdId;
    }

    /** A state that no event says is only of the moment, so the version does not stand for it. */
    private void read(String holdId, HttpServletRequest request, HttpServletResponse response) throws IOException {
        HoldNow now = stock.hold(holdId);
        if (now == null || !HoldAccess.may(Operation.READ, now.hold(), request)) {
            throw HoldProblems.unknown(holdId);
        }
        String tag = EntityTags.of(now.hold().version(), stock.logId());
        if (!EntityTags.isKnown(tag, now.state() == now.hold().recorded(), request, response)) {
            write(response, HoldResponse.of(now));
        }
    }

    private void place(HoldRoute route, Asked asked, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PlaceRequest body = placements.of(request);
        List<Line> lines = body.requiredLines();
        HoldAccess.requirePlacing(lines, request);
        RequestPrice.addLines(request, lines.size());
        long lastsMs = TtlSeconds.orNoEndMs(body.ttlSeconds());
        boolean partial = body.isPartial();
        Cause cause = body.cause();
        if (lastsMs == HeldUnits.NO_END && cause.reference() == null) {
            throw ProblemException.invalid(
                    "reference", "reference must be sent for a hold without an end: what it is for");
        }
        Condition condition = asked.made() ? new Condition(true, null) : condition(asked.ifMatch(), request);
        String holdId = asked.holdId();
        change(
                (id, at, told) -> new PlaceHold(holdId, lines, lastsMs, partial, condition, id, at, told),
                cause,
                new Asked(holdId, HoldOperation.HOLD, lines.size(), asked.ifMatch(), asked.made()),
                route,
                request,
                response);
    }

    private static Condition condition(@Nullable Long ifMatch, HttpServletRequest request) {
        boolean absent = RequestValues.ifAbsent(request);
        if (absent && ifMatch != null) {
            throw ProblemException.invalid(
                    "If-Match", "If-Match and If-None-Match exclude each other: send one of them");
        }
        return ifMatch != null && ifMatch == 0 ? new Condition(true, null) : new Condition(absent, ifMatch);
    }

    private void change(HoldRoute route, String holdId, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        HoldOperation operation;
        HoldWish wish;
        Cause cause;
        List<Line> part = null;
        switch (route.action()) {
            case CONFIRM -> {
                ConfirmRequest body = confirms.orEmpty(request);
                List<Line> units = HoldRequests.part(body.lines());
                boolean rest = Boolean.TRUE.equals(body.releaseRest());
                operation = HoldOperation.CONFIRM;
                wish = (id, at, told) -> new ConfirmHold(holdId, units, rest, id, at, told);
                cause = body.cause();
                part = units;
            }
            case RELEASE -> {
                ReleaseRequest body = releases.orEmpty(request);
                List<Line> units = HoldRequests.part(body.lines());
                operation = HoldOperation.RELEASE;
                wish = (id, at, told) -> new ReleaseHold(holdId, units, id, at, told);
                cause = body.cause();
                part = units;
            }
            default -> {
                ExtendRequest body = extensions.orEmpty(request);
                long lastsMs = TtlSeconds.ms(body.ttlSeconds());
                operation = HoldOperation.EXTEND;
                wish = (id, at, told) -> new ExtendHold(holdId, lastsMs, id, at, told);
                cause = body.cause();
            }
        }
        if (part != null && request.getHeader(KEY) == null) {
            throw ProblemException.invalid(
                    KEY, "Idempotency-Key must be sent with lines: a repetition would take as many units again");
        }
        Asked asked = new Asked(holdId, operation, part == null ? null : part.size(), null, false);
        change(wish, cause, asked, route, request, response);
    }

    private void change(
            HoldWish wish,
            Cause cause,
            Asked asked,
            HoldRoute route,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String key = RequestValues.idempotencyKey(request);
        Identity identity = RequestIdentity.of(request);
        switch (changes.changeHold(
                asked.operation(), HoldAccess.ofOwn(wish, identity), cause.madeBy(identity.by()), key)) {
            case Answer.Accepted accepted -> {
                Hold hold = requireNonNull(accepted.hold());
                if (hold.version() == 1) {
                    response.setStatus(HttpServletResponse.SC_CREATED);
                    response.setHeader(HttpHeaders.LOCATION, route.resource(hold.id()));
                }
                if (accepted.replayed()) {
                    replayed(response);
                }
                response.setHeader(HttpHeaders.ETAG, EntityTags.of(hold.version(), stock.logId()));
                write(response, HoldResponse.of(hold, accepted));
            }
            case Answer.Already already -> {
                replayed(response);
                response.setHeader(
                        HttpHeaders.ETAG, EntityTags.of(already.hold().version(), stock.logId()));
                write(response, HoldResponse.of(already.hold()));
            }
            case Answer.Refused refused -> throw HoldProblems.of(refused.rejection(), asked, stock.logId(), request);
            case Answer.KeyReused reused -> throw StockAnswers.keyReused();
        }
    }
}
