package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.checkpoint.SmallFiles;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.journal.file.Logs;
import retail.inventory.service.Answer;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;

/** A retail chain: what it has been told of its stock, and the lives of the service that told it. */
final class Chain {

    private static final Duration KEY_TTL = Duration.ofMinutes(5);
    private static final int SEGMENT_BYTES = 1500;

    private final Random random;
    private final FileEventLog.Options options;
    private final Map<String, String> told = new TreeMap<>();
    private final Map<String, UUID> keyed = new TreeMap<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long events;

    Chain(Random random, @Nullable Duration archiveKeep) {
        this.random = random;
        this.options = new FileEventLog.Options(SEGMENT_BYTES, 1 << 20, 1, false, archiveKeep);
    }

    /** So much that the keys of earlier requests are forgotten, and archives that are kept for an hour. */
    void timePasses() {
        now = now.plus(KEY_TTL.multipliedBy(30));
    }

    Life begin(SimDisk disk) {
        return new Life(disk);
    }

    /** The service from a start on. */
    final class Life implements AutoCloseable {
        private final InstantSource clock = () -> now;
        private final SimDisk disk;
        private final FileEventLog log;
        private final InventoryTable table = new InventoryTable();
        private final InventoryFiles files;
        private final Idempotency idempotency;
        private final InventoryService service;
        private final Copy copy;

        private Life(SimDisk disk) {
            this.disk = disk;
            log = log();
            files = SmallFiles.create(disk, Copy.DATA.resolve("inventory"), table);
            idempotency = new Idempotency(log, this::elapsed, KEY_TTL.toMillis(), 100, 10_000);
            service = new InventoryService(log, table, idempotency, clock, 10_000);
            // the chain says when files are written, so the writer that recovery starts gets a table of its own
            InventoryFiles nothing = new InventoryFiles(new SimDisk(), Copy.DATA, new InventoryTable());
            InventoryFileWriter idle = new InventoryFileWriter(nothing, ImpatientBreakers.one());
            new Recovery(files, log, table, idempotency).run(service, idle);
            idle.close();
            copy = new Copy(disk, log);
            copy.central.start(false);
        }

        private FileEventLog log() {
            return Logs.create(disk, Copy.DATA.resolve("wal"), options, this::elapsed);
        }

        private long elapsed() {
            return TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
        }

        void sell(int times) {
            for (int i = 0; i < times; i++) {
                change("SKU " + random.nextInt(5), null);
            }
        }

        /** The same request each time: it has one effect. */
        void sellOnce(String key) {
            change("SKU 0", key);
        }

        private void change(String sku, @Nullable String key) {
            StockKey stock = new StockKey("S" + sku.length() % 2, sku);
            Answer.Accepted answer = (Answer.Accepted) service.adjust(stock, 7, null, key);
            UUID first = key == null ? null : keyed.putIfAbsent(key, answer.eventId());
            if (first != null) {
                assertThat(answer.eventId()).as("the first answer again").isEqualTo(first);
                return;
            }
            events++;
            assertThat(answer.sequence()).as("sequences go on").isEqualTo(events);
            told.put(
                    stock.storeId() + "/" + stock.sku(),
                    answer.record().qty() + "@" + answer.record().version());
        }

        /** From here on it knows how old the segments are. */
        void looksAtTheLog() {
            log.release(0, Duration.ZERO, nanos -> {});
        }

        void save() throws IOException {
            files.save(log::durableSequence, InventoryFiles.Pace.NONE);
            copy.worker.sync();
            copy.save();
        }

        /** Both, as far as the disk lets them. */
        void saveAndCompact() {
            try {
                save();
                long covered = new CentralFiles(disk, Copy.DATA).covered();
                long needed = Math.min(files.savedThrough(), covered);
                log.release(Math.min(needed, idempotency.firstNeeded() - 1), Duration.ZERO, nanos -> {});
            } catch (IOException | UncheckedIOException | LogUnavailableException injected) {
                // what was begun is for the next life
            }
        }

        boolean hasCompacted() throws IOException {
            return !disk.list(Copy.DATA.resolve("wal")).getFirst().startsWith("00000000000000000001");
        }

        void requireAgreement() throws IOException {
            Map<String, String> table = new TreeMap<>();
            for (String store : List.of("S0", "S1")) {
                var page = service.page(store, null, 100);
                if (page != null) {
                    page.forEach(record ->
                            table.put(store + "/" + record.key().sku(), record.qty() + "@" + record.version()));
                }
            }
            assertThat(table).as("the stores' stock").isEqualTo(told);
            assertThat(copy.stock()).as("the central view").isEqualTo(told);
            assertThat(copy.dead()).isEmpty();
            assertThat(log.durableSequence()).isEqualTo(events);
            if (options.archiveKeep() == null) {
                requireEveryEvent();
            }
        }

        /** By another reader of the same files. */
        private void requireEveryEvent() {
            List<Event> all = new ArrayList<>();
            try (FileEventLog reader =
                    new FileEventLog(disk.copy(), Copy.DATA.resolve("wal"), options, (reason, place, bytes) -> {})) {
                reader.open(0, Duration.ZERO, all::add);
            }
            assertThat(all).hasSize((int) events);
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).sequence()).isEqualTo(i + 1L);
            }
        }

        @Override
        public void close() {
            copy.close();
            log.close();
        }
    }
}
