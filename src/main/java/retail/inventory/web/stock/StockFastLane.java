package retail.inventory.web.stock;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import retail.inventory.service.Answer;
import retail.inventory.service.InventoryService;
import retail.inventory.service.StockHistory;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.web.AnswerHeaders;
import retail.inventory.web.BufferedBody;
import retail.inventory.web.EntityTags;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestFilter;
import retail.inventory.web.RequestMetrics;
import retail.inventory.web.RequestValues;
import retail.inventory.web.StockPath;
import retail.inventory.web.stock.StockRequests.AdjustRequest;
import retail.inventory.web.stock.StockRequests.ReserveRequest;
import retail.inventory.web.stock.StockResponses.ChangeResponse;
import retail.inventory.web.stock.StockResponses.RecordResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers reads and changes of a SKU that are plain and right without the way through Spring MVC, which takes more time
 * than all the rest. Whatever is not plain, or is wrong, it leaves to {@link StockController} before anything is done; so
 * all rules about requests, and all refusals of them, are there and nowhere else.
 */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class StockFastLane extends RequestFilter {

    private static final int ACCEPT_LENGTH_MAX = 100;

    private final InventoryService service;
    private final StockChanges changes;
    private final StockHistory history;
    private final HandlerExceptionResolver errors;
    private final JsonMapper json;
    private final ObjectReader adjusts;
    private final ObjectReader reserves;

    StockFastLane(
            InventoryService service,
            StockChanges changes,
            StockHistory history,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors,
            JsonMapper json) {
        this.service = service;
        this.changes = changes;
        this.history = history;
        this.errors = errors;
        this.json = json;
        this.adjusts = json.readerFor(AdjustRequest.class);
        this.reserves = json.readerFor(ReserveRequest.class);
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StockPath path = acceptsJson(request) ? StockPath.of(request) : null;
        if (path == null || !answered(path, request, response)) {
            chain.doFilter(request, response);
        }
    }

    /** Whether it is answered; if not, nothing was done. */
    private boolean answered(StockPath path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Change change = null;
        if (path.action() != StockPath.Action.READ) {
            change = request instanceof BufferedBody body ? change(path.action(), body) : null;
            if (change == null) {
                return false;
            }
        } else if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                || request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) != null) {
            return false;
        }
        RequestMetrics.route(request, path.pattern());
        try {
            if (change == null) {
                read(path, response);
            } else {
                change(path, change, request, response);
            }
        } catch (RuntimeException e) {
            if (errors.resolveException(request, response, null, e) == null) {
                throw e;
            }
        }
        return true;
    }

    private void read(StockPath path, HttpServletResponse response) throws IOException {
        InventoryRecord record = service.find(path.key());
        if (record == null) {
            throw StockAnswers.unknown(path.key());
        }
        response.setHeader(AnswerHeaders.CACHE_CONTROL, AnswerHeaders.REVALIDATE);
        write(response, record.version(), RecordResponse.of(record));
    }

    private void change(StockPath path, Change change, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer = path.action() == StockPath.Action.ADJUST
                ? changes.adjust(path.key(), change.delta(), change.expectedVersion(), change.idempotencyKey())
                : changes.reserve(path.key(), -change.delta(), change.expectedVersion(), change.idempotencyKey());
        Answer.Accepted accepted =
                StockAnswers.accepted(path.key(), change.delta(), change.expectedVersion(), answer, history.logId());
        long version = accepted.record().version();
        if (version == 1) {
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setHeader(HttpHeaders.LOCATION, StockAnswers.resource(request));
        }
        if (accepted.replayed()) {
            response.setHeader(StockAnswers.IDEMPOTENCY_REPLAYED, "true");
        }
        write(response, version, ChangeResponse.of(accepted));
    }

    /** One write to the socket: the length is known before. */
    private void write(HttpServletResponse response, long version, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setHeader(HttpHeaders.ETAG, EntityTags.of(version, history.logId()));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /**
     * What is asked for.
     *
     * @param delta units to add; negative for those to take away
     */
    private record Change(
            long delta,
            @Nullable Long expectedVersion,
            @Nullable String idempotencyKey) {}

    /** What is asked for; null when it is not plain or breaks a rule. */
    private @Nullable Change change(StockPath.Action action, BufferedBody request) {
        if (!MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType())) {
            return null;
        }
        try {
            long delta;
            Long inBody;
            if (action == StockPath.Action.ADJUST) {
                @Nullable AdjustRequest adjust = adjusts.readValue(request.body());
                if (adjust == null) { // the JSON null
                    return null;
                }
                delta = adjust.requiredDelta();
                inBody = adjust.expectedVersion();
            } else {
                @Nullable ReserveRequest reserve = reserves.readValue(request.body());
                if (reserve == null) {
                    return null;
                }
                delta = -reserve.requiredQty();
                inBody = reserve.expectedVersion();
            }
            return new Change(
                    delta,
                    RequestValues.expectedVersion(request, inBody, history),
                    RequestValues.idempotencyKey(request));
        } catch (JacksonException | ProblemException broken) {
            return null;
        }
    }

    private static boolean acceptsJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null
                || accept.equals(MediaType.APPLICATION_JSON_VALUE)
                || (accept.endsWith(MediaType.ALL_VALUE) && accept.length() <= ACCEPT_LENGTH_MAX);
    }
}
