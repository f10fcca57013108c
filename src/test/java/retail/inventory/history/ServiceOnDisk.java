package retail.inventory.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.journal.file.Neighbours;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.table.InventoryTable;

/** The whole write path on the log of a disk, recovered from it; inventory files are not written. */
public final class ServiceOnDisk implements AutoCloseable {

    private static final Path WAL = Path.of("/data/wal");
    private static final Duration KEY_TTL = Duration.ofMinutes(10);
    private static final int KEYS_MAX = 1_000_000;
    private static final long COMMIT_TIMEOUT_MS = 5_000;
    private static final FileEventLog.Options LOG = new FileEventLog.Options(1 << 20, 1 << 20, 1, false, null);

    private final FileEventLog log;
    private final InventoryService service;

    /** The only one. */
    public ServiceOnDisk(SimDisk disk) {
        this(new FileEventLog(disk, WAL, LOG, ServiceOnDisk::noDeadLetters));
    }

    /** One of several that write the same log. */
    public ServiceOnDisk(SimDisk disk, Neighbours neighbours) {
        this(neighbours.log(disk, WAL, LOG, ServiceOnDisk::noDeadLetters));
    }

    private ServiceOnDisk(FileEventLog log) {
        this.log = log;
        InstantSource clock = InstantSource.system();
        InventoryTable table = new InventoryTable();
        Idempotency idempotency =
                new Idempotency(log, System::nanoTime, KEY_TTL.toMillis(), KEYS_MAX, COMMIT_TIMEOUT_MS);
        service = new InventoryService(log, table, idempotency, clock, COMMIT_TIMEOUT_MS);
        InventoryFiles files = new InventoryFiles(new SimDisk(), Path.of("/data/inventory"), table);
        InventoryFiles none = new InventoryFiles(new SimDisk(), Path.of("/data/inventory"), new InventoryTable());
        InventoryFileWriter idle = new InventoryFileWriter(none, ImpatientBreakers.one());
        new Recovery(files, log, table, idempotency).run(service, idle);
        idle.close();
    }

    private static void noDeadLetters(String reason, String place, byte[] bytes) throws IOException {
        throw new IOException(reason);
    }

    /** It takes requests. */
    public InventoryService service() {
        return service;
    }

    @Override
    public void close() {
        log.close();
    }
}
