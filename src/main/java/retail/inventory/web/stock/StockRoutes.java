package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import retail.inventory.access.Operation;
import retail.inventory.service.Answer;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.EntityTags;
import retail.inventory.web.KnownParameters;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestValues;
import retail.inventory.web.StockRoute;
import retail.inventory.web.stock.StockRequests.AdjustRequest;
import retail.inventory.web.stock.StockRequests.ReserveRequest;
import retail.inventory.web.stock.StockResponses.ChangeResponse;
import retail.inventory.web.stock.StockResponses.PageResponse;
import retail.inventory.web.stock.StockResponses.RecordResponse;
import tools.jackson.databind.json.JsonMapper;

/** The stock of a store: reading, adjusting and reserving. All requests for it are answered here. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
class StockRoutes extends JsonRoutes {

    private static final String SKU = "sku";

    private static final List<String> NONE = List.of();
    private static final List<String> BY_QUERY = List.of(SKU);
    private static final List<String> HOLDS_OF_SKU = List.of("limit", "after");
    private static final List<String> OF_A_PAGE = List.of("limit", "after", SKU);

    private final Stock stock;
    private final StockChanges changes;
    private final HoldPages holds;
    private final JsonBody<AdjustRequest> adjusts;
    private final JsonBody<ReserveRequest> reserves;

    StockRoutes(
            Stock stock,
            StockChanges changes,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors,
            JsonMapper json) {
        super(errors, json);
        this.stock = stock;
        this.changes = changes;
        this.holds = new HoldPages(stock);
        this.adjusts = new JsonBody<>(json, AdjustRequest.class);
        this.reserves = new JsonBody<>(json, ReserveRequest.class);
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StockRoute route = StockRoute.of(request);
        if (route == null) {
            chain.doFilter(request, response);
            return;
        }
        boolean taken = route.takes(request.getMethod());
        answer(route.pattern(), route.methods(), taken, request, response, () -> answer(route, request, response));
    }

    private void answer(StockRoute route, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (route.action()) {
            case PAGE -> pageOrRead(route, request, response);
            case READ -> {
                KnownParameters.require(request, NONE);
                read(keyInPath(route), request, response, RecordResponse::of);
            }
            case HOLDS -> {
                KnownParameters.require(request, HOLDS_OF_SKU);
                write(response, holds.ofSku(keyInPath(route), request));
            }
            case HOLDS_BY_QUERY -> {
                KnownParameters.require(request, OF_A_PAGE);
                write(response, holds.ofSku(keyInQuery(route, request), request));
            }
            case ADJUST, RESERVE -> {
                KnownParameters.require(request, NONE);
                change(route, keyInPath(route), request, response);
            }
            case ADJUST_BY_QUERY, RESERVE_BY_QUERY -> {
                KnownParameters.require(request, BY_QUERY);
                change(route, keyInQuery(route, request), request, response);
            }
        }
    }

    private void pageOrRead(StockRoute route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        KnownParameters.require(request, OF_A_PAGE);
        if (KnownParameters.value(request, SKU) == null) {
            page(route, request, response);
        } else if (request.getParameterMap().size() > 1) {
            throw ProblemException.invalid(SKU, "sku asks for one SKU: send it without limit and after");
        } else {
            read(keyInQuery(route, request), request, response, StockRoutes::pageOf);
        }
    }

    private static StockKey keyInPath(StockRoute route) {
        requireStoreId(route);
        String sku = requireNonNull(route.sku());
        RequestValues.requireSku(SKU, sku);
        return new StockKey(route.storeId(), sku);
    }

    private static StockKey keyInQuery(StockRoute route, HttpServletRequest request) {
        requireStoreId(route);
        return new StockKey(route.storeId(), RequestValues.sku(request));
    }

    private static void requireStoreId(StockRoute route) {
        RequestValues.requireStoreId(route.storeId(), route.hasPlainStoreId());
    }

    private void page(StockRoute route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireStoreId(route);
        int limit = RequestValues.limit(request);
        String after = RequestValues.afterSku(request);
        List<InventoryRecord> records = stock.page(route.storeId(), after, limit);
        if (records == null) {
            throw ProblemException.unknownStore(route.storeId());
        }
        String next = records.size() < limit ? null : records.getLast().key().sku();
        Instant now = stock.now();
        write(
                response,
                new PageResponse(
                        route.storeId(),
                        records.stream()
                                .map(record -> RecordResponse.of(record, now))
                                .toList(),
                        next));
    }

    private static PageResponse pageOf(InventoryRecord record, Instant now) {
        return new PageResponse(record.key().storeId(), List.of(RecordResponse.of(record, now)), null);
    }

    private void read(
            StockKey key,
            HttpServletRequest request,
            HttpServletResponse response,
            BiFunction<InventoryRecord, Instant, Object> shape)
            throws IOException {
        InventoryRecord record = stock.find(key);
        if (record == null) {
            throw StockAnswers.unknown(key);
        }
        Instant now = stock.now();
        boolean noneLapsed =
                record.held(now) == record.holds().total(); // else the version is of more than there is now
        String tag = EntityTags.of(record.version(), stock.logId());
        if (!EntityTags.isKnown(tag, noneLapsed, request, response)) {
            write(response, shape.apply(record, now));
        }
    }

    private Answer.Accepted accepted(
            StockKey key, long delta, @Nullable Long expectedVersion, Answer answer, HttpServletRequest request) {
        try {
            return StockAnswers.accepted(key, delta, expectedVersion, answer, stock.logId());
        } catch (ProblemException e) {
            throw Untold.of(e, key.storeId(), request);
        }
    }

    /** The first SKU of a store makes the store: a typing error of one identity must not. */
    private void requireOpen(String storeId, HttpServletRequest request) {
        if (!RequestIdentity.of(request).may(Operation.OPEN, storeId) && !stock.hasStore(storeId)) {
            RequestIdentity.require(request, Operation.OPEN, storeId);
        }
    }

    private void change(StockRoute route, StockKey key, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        long delta;
        Long inBody;
        Cause cause;
        if (route.isAdjust()) {
            AdjustRequest adjust = adjusts.of(request);
            delta = adjust.requiredDelta();
            inBody = adjust.expectedVersion();
            cause = adjust.cause();
            requireOpen(route.storeId(), request);
        } else {
            ReserveRequest reserve = reserves.of(request);
            delta = -reserve.requiredQty();
            inBody = reserve.expectedVersion();
            cause = reserve.cause();
        }
        Long expectedVersion = RequestValues.expectedVersion(request, inBody, stock);
        cause = cause.madeBy(RequestIdentity.of(request).by());
        String idempotencyKey = RequestValues.idempotencyKey(request);
        Answer answer = route.isAdjust()
                ? changes.adjust(key, delta, expectedVersion, cause, idempotencyKey)
                : changes.reserve(key, -delta, expectedVersion, cause, idempotencyKey);
        Answer.Accepted accepted = accepted(key, delta, expectedVersion, answer, request);
        long version = accepted.record().version();
        if (version == 1) {
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setHeader(HttpHeaders.LOCATION, route.resource(key.sku()));
        }
        if (accepted.replayed()) {
            replayed(response);
        }
        response.setHeader(HttpHeaders.ETAG, EntityTags.of(version, stock.logId()));
        write(response, ChangeResponse.of(accepted));
    }
}
