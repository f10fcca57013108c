package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Path;
import retail.inventory.lab.ServiceProcess;

/** What the service runs on, and what becomes of it. */
interface Machine extends AutoCloseable {

    /** An empty data directory on a disk that has forgotten everything. */
    Path fresh() throws IOException;

    /** Ends the service at once; the data directory is then what a start would find. */
    void fail(ServiceProcess service) throws IOException;

    @Override
    void close() throws IOException;
}
