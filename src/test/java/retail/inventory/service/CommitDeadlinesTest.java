package retail.inventory.service;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.table.CommitTimeoutException;

@Isolated("it waits for threads to end that services of other tests may have too")
class CommitDeadlinesTest {

    private final Set<Thread> ofOthers = lookOuts().collect(toSet());

    @Test
    void endsWhatIsNotAnsweredInTimeAndNothingElse() {
        CommitDeadlines deadlines = new CommitDeadlines(20);
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<String> answered = new CompletableFuture<>();
        long start = System.nanoTime();
        deadlines.watch(late);
        deadlines.watch(answered);
        answered.complete("durable");
        assertThatExceptionOfType(CommitTimeoutException.class)
                .isThrownBy(() -> deadlines.await(late))
                .withMessage("the disk has not answered within 20 ms");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        assertThat(deadlines.await(answered)).isEqualTo("durable");
    }

    @Test
    void whoCannotBeEndedHoldsUpNobodyBehindHim() {
        CommitDeadlines deadlines = new CommitDeadlines(20);
        deadlines.watch(new CompletableFuture<>() {
            @Override
            public boolean completeExceptionally(Throwable late) {
                throw new AssertionError("injected");
            }
        });
        CompletableFuture<String> behind = new CompletableFuture<>();
        deadlines.watch(behind);
        assertThatExceptionOfType(CommitTimeoutException.class).isThrownBy(() -> deadlines.await(behind));
    }

    /** The look-out ends when there is nothing to look after; whoever comes then needs a new one. */
    @Test
    void looksAfterThoseWhoComeLater() {
        CommitDeadlines deadlines = new CommitDeadlines(1);
        for (int i = 0; i < 200; i++) {
            List<CompletableFuture<String>> fates = new ArrayList<>();
            for (int each = 0; each < 3; each++) {
                CompletableFuture<String> fate = new CompletableFuture<>();
                fates.add(fate);
                Thread.ofVirtual().start(() -> deadlines.watch(fate));
            }
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> fates.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            if (i % 2 == 0) { // the others come while it is ending, or shortly before
                await().pollInterval(Duration.ofMillis(1)).until(() -> !isLookedAfter());
            }
        }
    }

    /** By a look-out of this test: services of tests before it may have theirs still. */
    private boolean isLookedAfter() {
        return lookOuts().anyMatch(thread -> !ofOthers.contains(thread));
    }

    private static Stream<Thread> lookOuts() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("commit-deadlines"));
    }
}
