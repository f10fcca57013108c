package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.service.Answer;
import retail.inventory.service.InventoryService;
import retail.inventory.service.StockHistory;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.EntityTags;
import retail.inventory.web.ProblemException;
import retail.inventory.web.QueryParameters;
import retail.inventory.web.RequestValues;
import retail.inventory.web.stock.StockRequests.AdjustRequest;
import retail.inventory.web.stock.StockRequests.ReserveRequest;
import retail.inventory.web.stock.StockResponses.PageResponse;
import retail.inventory.web.stock.StockResponses.RecordResponse;

/**
 * The stock of a store: reading, adjusting and reserving. Both prefixes lead here; what is plain and right is answered by
 * {@link StockFastLane} already.
 */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@RequestMapping(
        path = {"/stores/{storeId}/inventory", "/api/inventory/stores/{storeId}/inventory"},
        // Declared so that a client who accepts no JSON is refused before anything is changed, not after.
        produces = MediaType.APPLICATION_JSON_VALUE)
class StockController {

    private final InventoryService service;
    private final StockChanges changes;
    private final StockHistory history;

    StockController(InventoryService service, StockChanges changes, StockHistory history) {
        this.service = service;
        this.changes = changes;
        this.history = history;
    }

    @GetMapping("/{sku}")
    @Nullable
    ResponseEntity<Object> read(
            @PathVariable String storeId,
            @PathVariable String sku,
            HttpServletRequest request,
            HttpServletResponse response) {
        StockKey key = RequestValues.key(storeId, sku);
        InventoryRecord record = service.find(key);
        if (record == null) {
            throw StockAnswers.unknown(key);
        }
        return EntityTags.isKnown(EntityTags.of(record.version(), history.logId()), request, response)
                ? null
                : ResponseEntity.ok(RecordResponse.of(record));
    }

    @GetMapping
    @QueryParameters({"limit", "after"})
    ResponseEntity<Object> page(@PathVariable String storeId, HttpServletRequest request) {
        RequestValues.requireStoreId(storeId);
        int limit = RequestValues.limit(request);
        String after = RequestValues.afterSku(request);
        List<InventoryRecord> records = service.page(storeId, after, limit);
        if (records == null) {
            throw ProblemException.unknownStore(storeId);
        }
        String next = records.size() < limit ? null : records.getLast().key().sku();
        return ResponseEntity.ok(new PageResponse(
                storeId, records.stream().map(RecordResponse::of).toList(), next));
    }

    @PostMapping("/{sku}/adjust")
    ResponseEntity<Object> adjust(
            @PathVariable String storeId,
            @PathVariable String sku,
            @RequestBody AdjustRequest body,
            HttpServletRequest request) {
        StockKey key = RequestValues.key(storeId, sku);
        long delta = body.requiredDelta();
        Long expectedVersion = RequestValues.expectedVersion(request, body.expectedVersion(), history);
        Answer answer = changes.adjust(key, delta, expectedVersion, RequestValues.idempotencyKey(request));
        return response(StockAnswers.accepted(key, delta, expectedVersion, answer, history.logId()), request);
    }

    @PostMapping("/{sku}/reserve")
    ResponseEntity<Object> reserve(
            @PathVariable String storeId,
            @PathVariable String sku,
            @RequestBody ReserveRequest body,
            HttpServletRequest request) {
        StockKey key = RequestValues.key(storeId, sku);
        long qty = body.requiredQty();
        Long expectedVersion = RequestValues.expectedVersion(request, body.expectedVersion(), history);
        Answer answer = changes.reserve(key, qty, expectedVersion, RequestValues.idempotencyKey(request));
        return response(StockAnswers.accepted(key, -qty, expectedVersion, answer, history.logId()), request);
    }

    private ResponseEntity<Object> response(Answer.Accepted accepted, HttpServletRequest request) {
        return StockAnswers.response(accepted, URI.create(StockAnswers.resource(request)), history.logId());
    }
}
