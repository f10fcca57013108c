package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.lease.LeasesTogether.Player;

/** How many threads may decide at once: what a log waits for when a turn begins. */
class LeaseUsersTest {

    @TempDir
    Path temporary;

    private LeasesTogether together;

    @BeforeEach
    void gather() {
        together = new LeasesTogether(temporary.resolve("locks"));
    }

    @AfterEach
    void part() {
        together.close();
    }

    @Test
    void countsThoseWhoUseItAndWhoCanBeLetIn() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Period first = a.take();
        Period second = a.take();
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        assertThat(a.leases().users()).isEqualTo(2);
        assertThat(b.leases().users()).as("it is not its turn").isZero();
        first.close();
        assertThat(a.leases().users()).isEqualTo(1);
        a.looksAgain();
        a.passes(20);
        CompletableFuture<Period> late = a.takesAfterTheTurn();
        assertThat(a.leases().users())
                .as("those who wait for the next turn are not")
                .isEqualTo(1);
        second.close();
        Period others = waiting.join();
        assertThat(b.leases().users()).isEqualTo(1);
        others.close();
        b.rests();
        late.join().close();
    }
}
