package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import retail.inventory.lab.ClientRecord;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;

/** What the service runs on, and what becomes of it. */
interface Machine extends AutoCloseable {

    /** An empty data directory on a disk that has forgotten everything. */
    Path fresh() throws IOException;

    /** Ends the service at once; the data directory is then what a start would find. */
    void fail(ServiceProcess service) throws IOException;

    @Override
    void close() throws IOException;

    /** An empty disk, and nothing that anybody was told. */
    default ClientRecord begin(Findings findings, Random random) throws IOException {
        return new ClientRecord(fresh(), Tally.outages(findings), findings, random);
    }

    /** A machine that goes on when the process is killed, {@code kill -9}. */
    record KilledProcess(Path work) implements Machine {

        @Override
        public Path fresh() throws IOException {
            close();
            return work.resolve("data");
        }

        @Override
        public void fail(ServiceProcess service) {
            service.kill();
        }

        @Override
        public void close() throws IOException {
            Command.run("rm", "-rf", work.resolve("data").toString());
        }
    }
}
