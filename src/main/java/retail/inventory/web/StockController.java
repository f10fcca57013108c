package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.service.InventoryService;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.StockRequests.AdjustRequest;
import retail.inventory.web.StockRequests.ReserveRequest;
import retail.inventory.web.StockResponses.PageResponse;
import retail.inventory.web.StockResponses.RecordResponse;

/** The stock of a store: reading, adjusting and reserving. Both prefixes lead here. */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
@RequestMapping(
        path = {"/stores/{storeId}/inventory", "/api/inventory/stores/{storeId}/inventory"},
        // Declared so that a client who accepts no JSON is refused before anything is changed, not after.
        produces = MediaType.APPLICATION_JSON_VALUE)
class StockController {

    private final InventoryService service;

    StockController(InventoryService service) {
        this.service = service;
    }

    @GetMapping("/{sku}")
    ResponseEntity<Object> read(@PathVariable String storeId, @PathVariable String sku) {
        StockKey key = RequestValues.key(storeId, sku);
        InventoryRecord record = service.find(key);
        // Spring answers 304 by itself when If-None-Match has this tag.
        return record == null
                ? StockAnswers.unknown(key)
                : ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache()) // kept by caches only to be asked about again
                        .eTag(StockAnswers.tag(record.version()))
                        .body(RecordResponse.of(record));
    }

    @GetMapping
    ResponseEntity<Object> page(@PathVariable String storeId, HttpServletRequest request) {
        RequestValues.requireStoreId(storeId);
        int limit = RequestValues.limit(request);
        String after = RequestValues.afterSku(request);
        List<InventoryRecord> records = service.page(storeId, after, limit);
        if (records == null) {
            return StockAnswers.unknownStore(storeId);
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
        Long expectedVersion = RequestValues.expectedVersion(request, body.expectedVersion());
        return StockAnswers.response(
                key,
                delta,
                expectedVersion,
                service.adjust(key, delta, expectedVersion, RequestValues.idempotencyKey(request)),
                URI.create(resource(request)));
    }

    @PostMapping("/{sku}/reserve")
    ResponseEntity<Object> reserve(
            @PathVariable String storeId,
            @PathVariable String sku,
            @RequestBody ReserveRequest body,
            HttpServletRequest request) {
        StockKey key = RequestValues.key(storeId, sku);
        long qty = body.requiredQty();
        Long expectedVersion = RequestValues.expectedVersion(request, body.expectedVersion());
        return StockAnswers.response(
                key,
                -qty,
                expectedVersion,
                service.reserve(key, qty, expectedVersion, RequestValues.idempotencyKey(request)),
                URI.create(resource(request)));
    }

    /** The SKU's own path: the request's without the action. */
    private static String resource(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.substring(0, path.lastIndexOf('/'));
    }
}
