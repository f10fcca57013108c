package retail.inventory.contract;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import retail.inventory.files.SimDisk;
import retail.inventory.history.ServiceOnDisk;
import retail.inventory.journal.file.Neighbours;
import retail.inventory.service.Stock;

/** Stock on files: of one process, and of three that share a log. */
class FilesStockContractTest {

    @Nested
    class OfOneProcess extends StockContract {
        private final ServiceOnDisk only = new ServiceOnDisk(new SimDisk());

        @Override
        Stock stock() {
            return only.service();
        }

        @Override
        int nodes() {
            return 1;
        }

        @AfterEach
        void stop() {
            only.close();
        }
    }

    @Nested
    class SharedByThree extends StockContract {
        private final SimDisk disk = new SimDisk();
        private final Neighbours neighbours = new Neighbours();
        private final List<ServiceOnDisk> all = Stream.generate(() -> new ServiceOnDisk(disk, neighbours))
                .limit(3)
                .toList();
        private final AtomicInteger next = new AtomicInteger();

        @Override
        Stock stock() {
            return all.get(Math.floorMod(next.getAndIncrement(), all.size())).service();
        }

        @Override
        int nodes() {
            return all.size();
        }

        @AfterEach
        void stop() {
            all.forEach(ServiceOnDisk::close);
        }
    }
}
