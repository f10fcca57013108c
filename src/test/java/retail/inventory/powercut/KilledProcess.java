package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Path;
import retail.inventory.lab.Command;
import retail.inventory.lab.ServiceProcess;

/** A machine that goes on when the process is killed, {@code kill -9}. */
final class KilledProcess implements Machine {

    private final Path work;
    private int directories;

    KilledProcess(Path work) {
        this.work = work;
    }

    @Override
    public Path fresh() throws IOException {
        close();
        return work.resolve("data-" + ++directories);
    }

    @Override
    public void fail(ServiceProcess service) {
        service.kill();
    }

    @Override
    public void close() throws IOException {
        Command.run("rm", "-rf", work.resolve("data-" + directories).toString());
    }
}
