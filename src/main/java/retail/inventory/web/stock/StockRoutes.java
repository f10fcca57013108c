package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import retail.inventory.service.Answer;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.AcceptedTypes;
import retail.inventory.web.AllowedMethods;
import retail.inventory.web.EntityTags;
import retail.inventory.web.KnownParameters;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestFilter;
import retail.inventory.web.RequestMetrics;
import retail.inventory.web.RequestPath;
import retail.inventory.web.RequestValues;
import retail.inventory.web.StockRoute;
import retail.inventory.web.stock.StockRequests.AdjustRequest;
import retail.inventory.web.stock.StockRequests.ReserveRequest;
import retail.inventory.web.stock.StockResponses.ChangeResponse;
import retail.inventory.web.stock.StockResponses.PageResponse;
import retail.inventory.web.stock.StockResponses.RecordResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stock of a store: reading, adjusting and reserving. All requests for it are answered here, ahead of Spring MVC, whose way
 * from a request to a method takes more time than all the rest; what is thrown becomes a problem as it does there.
 */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class StockRoutes extends RequestFilter {

    private static final String SKU = "sku";
    private static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    private static final List<String> NONE = List.of();
    private static final List<String> BY_QUERY = List.of(SKU);
    private static final List<String> OF_A_PAGE = List.of("limit", "after", SKU);

    private final Stock stock;
    private final StockChanges changes;
    private final HandlerExceptionResolver errors;
    private final JsonMapper json;
    private final JsonBody<AdjustRequest> adjusts;
    private final JsonBody<ReserveRequest> reserves;

    StockRoutes(
            Stock stock,
            StockChanges changes,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors,
            JsonMapper json) {
        this.stock = stock;
        this.changes = changes;
        this.errors = errors;
        this.json = json;
        this.adjusts = new JsonBody<>(json, AdjustRequest.class);
        this.reserves = new JsonBody<>(json, ReserveRequest.class);
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StockRoute route = StockRoute.of(RequestPath.of(request), request.getMethod());
        if (route == null) {
            chain.doFilter(request, response);
            return;
        }
        RequestMetrics.route(request, route.pattern());
        try {
            answer(route, request, response);
        } catch (ServletException | RuntimeException e) {
            if (errors.resolveException(request, response, null, e) == null) {
                throw e;
            }
        }
    }

    private void answer(StockRoute route, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getMethod().equals("OPTIONS")) {
            response.setHeader(HttpHeaders.ALLOW, AllowedMethods.header(route.methods()));
            return;
        }
        if (!route.takes(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), route.methods());
        }
        AcceptedTypes.requireJson(request);
        switch (route.action()) {
            case PAGE -> pageOrRead(route, request, response);
            case READ -> {
                KnownParameters.require(request, NONE);
                read(keyInPath(route), request, response, RecordResponse::of);
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
        write(
                response,
                new PageResponse(
                        route.storeId(),
                        records.stream().map(RecordResponse::of).toList(),
                        next));
    }

    private static PageResponse pageOf(InventoryRecord record) {
        return new PageResponse(record.key().storeId(), List.of(RecordResponse.of(record)), null);
    }

    private void read(
            StockKey key,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<InventoryRecord, Object> shape)
            throws IOException {
        InventoryRecord record = stock.find(key);
        if (record == null) {
            throw StockAnswers.unknown(key);
        }
        if (!EntityTags.isKnown(EntityTags.of(record.version(), stock.logId()), request, response)) {
            write(response, shape.apply(record));
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
        } else {
            ReserveRequest reserve = reserves.of(request);
            delta = -reserve.requiredQty();
            inBody = reserve.expectedVersion();
            cause = reserve.cause();
        }
        Long expectedVersion = RequestValues.expectedVersion(request, inBody, stock);
        String idempotencyKey = RequestValues.idempotencyKey(request);
        Answer answer = route.isAdjust()
                ? changes.adjust(key, delta, expectedVersion, cause, idempotencyKey)
                : changes.reserve(key, -delta, expectedVersion, cause, idempotencyKey);
        Answer.Accepted accepted = StockAnswers.accepted(key, delta, expectedVersion, answer, stock.logId());
        long version = accepted.record().version();
        if (version == 1) {
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setHeader(HttpHeaders.LOCATION, route.resource(key.sku()));
        }
        if (accepted.replayed()) {
            response.setHeader(IDEMPOTENCY_REPLAYED, "true");
        }
        response.setHeader(HttpHeaders.ETAG, EntityTags.of(version, stock.logId()));
        write(response, ChangeResponse.of(accepted));
    }

    /** One write to the socket: the length is known before. */
    private void write(HttpServletResponse response, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
