package retail.inventory.rivals;

import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Does nothing: reads a request and answers with a constant of the same shape and size as the service's answers. */
@RestController
@Profile("nothing")
@RequestMapping("/stores/{storeId}/inventory/{sku}")
class NothingController {

    private static final UUID ID = new UUID(1, 2);

    @GetMapping
    StockRecord find(@PathVariable String storeId, @PathVariable String sku) {
        return record(storeId, sku);
    }

    @PostMapping("/adjust")
    StockRecord adjust(@PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return record(storeId, sku);
    }

    @PostMapping("/reserve")
    StockRecord reserve(@PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return record(storeId, sku);
    }

    private static StockRecord record(String storeId, String sku) {
        return new StockRecord(sku, storeId, 1000, 10, "2026-11-28T00:00:00.000Z", ID, 1_000_000);
    }
}
