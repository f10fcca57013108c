package retail.inventory.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Progress, with time as it is told. */
class ProgressTest {

    private final StringWriter told = new StringWriter();
    private long seconds;

    @Test
    void tellsALineEveryTenSeconds() {
        Progress progress = progress(false);
        for (seconds = 0; seconds <= 30; seconds++) {
            progress.reached(seconds * 100, 6000, "events");
        }
        progress.clear();

        assertThat(told.toString().lines())
                .containsExactly(
                        " 16 %  1,000 of 6,000 events", " 33 %  2,000 of 6,000 events", " 50 %  3,000 of 6,000 events");
    }

    @Test
    void showsABarOnATerminalAndTakesItAway() {
        Progress progress = progress(true);
        seconds = 1;
        progress.reached(1, 2, "MiB");
        progress.clear();
        progress.clear();

        assertThat(told.toString()).isEqualTo("\r\u001b[K[###############               ]  50 %  1 of 2 MiB\r\u001b[K");
    }

    private Progress progress(boolean terminal) {
        return new Progress(new PrintWriter(told), terminal, () -> TimeUnit.SECONDS.toNanos(seconds));
    }
}
