package retail.inventory.rivals;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Stock as a team would keep it in PostgreSQL: a conditional update and the insert of its event into an outbox, in one
 * transaction; nothing is answered before the commit is on the disk.
 */
@RestController
@Profile("postgres")
@RequestMapping("/stores/{storeId}/inventory/{sku}")
class PostgresController {

    private static final String ADJUST = """
            INSERT INTO inventory AS i (store_id, sku, qty, version, updated_at) VALUES (?, ?, ?, 1, now())
            ON CONFLICT (store_id, sku) DO UPDATE
            SET qty = i.qty + excluded.qty, version = i.version + 1, updated_at = now() WHERE i.qty + excluded.qty >= 0
            RETURNING qty, version, updated_at""";
    private static final String RESERVE = """
            UPDATE inventory SET qty = qty - ?, version = version + 1, updated_at = now()
            WHERE store_id = ? AND sku = ? AND qty >= ?
            RETURNING qty, version, updated_at""";
    private static final String OUTBOX = """
            INSERT INTO outbox (event_id, type, store_id, sku, amount, qty, version) VALUES (?, ?, ?, ?, ?, ?, ?)
            RETURNING sequence""";
    private static final String FIND = "SELECT qty, version, updated_at FROM inventory WHERE store_id = ? AND sku = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    private record Row(long qty, long version, OffsetDateTime updatedAt) {}

    PostgresController(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @GetMapping
    ResponseEntity<StockRecord> find(@PathVariable String storeId, @PathVariable String sku) {
        List<Row> rows = query(FIND, storeId, sku);
        return rows.isEmpty()
                ? ResponseEntity.notFound().build()
                : ResponseEntity.ok(record(storeId, sku, rows.getFirst(), new UUID(0, 0), 0));
    }

    @PostMapping("/adjust")
    ResponseEntity<StockRecord> adjust(
            @PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return change("ADJUST", storeId, sku, request.delta(), ADJUST, storeId, sku, request.delta());
    }

    @PostMapping("/reserve")
    ResponseEntity<StockRecord> reserve(
            @PathVariable String storeId, @PathVariable String sku, @RequestBody StockRequest request) {
        return change("RESERVE", storeId, sku, request.qty(), RESERVE, request.qty(), storeId, sku, request.qty());
    }

    private ResponseEntity<StockRecord> change(
            String type, String storeId, String sku, long amount, String update, Object... values) {
        StockRecord changed = transaction.execute(status -> {
            List<Row> rows = query(update, values);
            if (rows.isEmpty()) {
                return null;
            }
            Row row = rows.getFirst();
            UUID eventId = UUID.randomUUID();
            Long sequence = jdbc.queryForObject(
                    OUTBOX, Long.class, eventId, type, storeId, sku, amount, row.qty(), row.version());
            return record(storeId, sku, row, eventId, sequence == null ? 0 : sequence);
        });
        return changed == null ? ResponseEntity.status(409).build() : ResponseEntity.ok(changed);
    }

    private List<Row> query(String sql, Object... values) {
        return jdbc.query(
                sql,
                (row, _) -> new Row(row.getLong(1), row.getLong(2), row.getObject(3, OffsetDateTime.class)),
                values);
    }

    private static StockRecord record(String storeId, String sku, Row row, UUID eventId, long sequence) {
        String updatedAt =
                row.updatedAt().withOffsetSameInstant(ZoneOffset.UTC).toString();
        return new StockRecord(sku, storeId, row.qty(), row.version(), updatedAt, eventId, sequence);
    }
}
