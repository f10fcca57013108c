package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;

/** The service with its clients, who go on through its restarts. */
final class UnderLoad implements AutoCloseable {

    private final Path dataDir;
    private final Told told;
    private final Traffic traffic;
    private final Reader reader;
    private final Recovered recovered;

    /** Starts the service on an empty directory, then its clients. */
    UnderLoad(Path dataDir, Findings findings) throws IOException {
        this.dataDir = dataDir;
        this.told = new Told(findings);
        this.traffic = new Traffic(Life.start(1, dataDir), told, findings);
        this.reader = new Reader(traffic, told, findings);
        this.recovered = new Recovered(dataDir, told, findings);
    }

    Path dataDir() {
        return dataDir;
    }

    Told told() {
        return told;
    }

    Traffic traffic() {
        return traffic;
    }

    Reader reader() {
        return reader;
    }

    /** Kills the service, starts it again and compares what is there with what was told. */
    void restart() throws IOException {
        restart(() -> null);
    }

    /** The same, and something is done with the disk while nobody uses it. */
    void restart(Traffic.Quiet<?> whileDown) throws IOException {
        traffic.restart(dataDir, recovered, whileDown);
    }

    /** Ends the clients, then the service. */
    @Override
    public void close() {
        traffic.stop();
        reader.stop();
        traffic.life().kill();
    }
}
