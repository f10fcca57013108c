package retail.inventory.rivals;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Does nothing: reads a request and answers with a constant of the same shape and size as the service's answers. */
@RestController
@Profile("nothing")
class NothingController {

    private static final UUID ID = new UUID(1, 2);

    private static final String SKU = "/stores/{storeId}/inventory/{sku}";

    @GetMapping(SKU)
    StockRecord find(@PathVariable String storeId, @PathVariable String sku) {
        return record(storeId, sku);
    }

    @PostMapping(SKU + "/adjust")
    StockRecord adjust(@PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return record(storeId, sku);
    }

    @PostMapping(SKU + "/reserve")
    StockRecord reserve(@PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return record(storeId, sku);
    }

    @PutMapping("/holds/{holdId}")
    HoldRecord place(@PathVariable String holdId, @RequestBody HoldRecord.Request request) {
        return HoldRecord.of(holdId, "HELD", request.lines());
    }

    @PostMapping("/holds/{holdId}/release")
    HoldRecord release(@PathVariable String holdId, @RequestBody HoldRecord.Request request) {
        return HoldRecord.of(holdId, "RELEASED", List.of());
    }

    private static StockRecord record(String storeId, String sku) {
        return new StockRecord(sku, storeId, 1000, 10, "2026-11-28T00:00:00.000Z", ID, 1_000_000);
    }
}
