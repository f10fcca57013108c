package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralInventory.Located;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.DecidedEvents;
import retail.inventory.journal.Event;
import retail.inventory.stock.Line;

/** Whoever looks at several SKUs at once sees an event in all of them or in none. */
@Timeout(60)
class WholeEventsTest {

    private static final int EVENTS = 20_000;
    private static final int PART = 500;

    private final DecidedEvents decided = new DecidedEvents();
    private final FakeFeed feed = new FakeFeed();

    /** Each event is about all SKUs there are, so that all have the same version. */
    @Test
    void areSeenByReadersOfAPageAndOfAllStores() {
        List<Line> all = Stream.of("S1", "S2", "S3")
                .flatMap(store -> Stream.of("A", "B", "C", "D").map(sku -> DecidedEvents.line(store, sku, 1)))
                .toList();
        try (Copy copy = Copy.started(new SimDisk(), feed)) {
            all.forEach(line -> feed.append(decided.adjust(Copy.NOW, line.key(), EVENTS)));
            copy.worker.sync();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Long> pages = reader(
                    over,
                    () -> copy.view.page("S2", null, 10).stream()
                            .map(Entry::version)
                            .distinct()
                            .count());
            CompletableFuture<Long> everywhere = reader(
                    over,
                    () -> copy.view.find(store -> true, "C").stream()
                            .map((Located located) -> located.entry().version())
                            .distinct()
                            .count());
            for (int i = 0; i < EVENTS; i += PART) {
                feed.append(Stream.generate(() -> decided.reserve(Copy.NOW, all))
                        .limit(PART)
                        .toArray(Event[]::new));
                copy.worker.sync();
            }
            over.set(true);
            assertThat(pages.join()).isEqualTo(1);
            assertThat(everywhere.join()).isEqualTo(1);
            assertThat(copy.dead()).isEmpty();
        }
    }

    private interface Versions {
        long seen();
    }

    /** How many versions it saw at once, at most. */
    private static CompletableFuture<Long> reader(AtomicBoolean over, Versions versions) {
        return CompletableFuture.supplyAsync(() -> {
            long most = versions.seen();
            while (!over.get()) {
                most = Math.max(most, versions.seen());
            }
            return most;
        });
    }
}
