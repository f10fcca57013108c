package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import retail.inventory.central.Freshness;

@Isolated("it changes what the process logs")
class ReadinessLogTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ReadinessLog.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private @Nullable String missing;
    private @Nullable Freshness freshness;

    private final ReadinessLog log = new ReadinessLog(() -> missing, () -> freshness);

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.addAppender(lines);
        LOGGER.setLevel(Level.INFO);
    }

    @AfterEach
    void leave() {
        LOGGER.detachAppender(lines);
        LOGGER.setLevel(null);
    }

    @Test
    void saysNothingWhileNothingChanges() {
        log.look();
        freshness = freshness(20, false);
        log.look();
        log.look();
        assertThat(lines.list).isEmpty();
    }

    @Test
    void saysOnceThatItIsNotReadyAndOnceThatItIsAgain() {
        missing = "the same write has been under way for 11 s";
        log.look();
        missing = "the same write has been under way for 12 s";
        log.look();
        missing = null;
        log.look();
        log.look();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Not ready: the same write has been under way for 11 s", "Ready again");
    }

    @Test
    void saysOnceThatTheCentralViewFellBehindAndOnceThatItCaughtUp() {
        freshness = freshness(6000, true);
        log.look();
        freshness = freshness(7000, true);
        log.look();
        freshness = null; // another process has it for a while
        log.look();
        freshness = freshness(0, false);
        log.look();
        log.look();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The central view has fallen behind: 6000 ms, at sequence 41",
                        "The central view has caught up, at sequence 41");
    }

    private static Freshness freshness(long lagMs, boolean stale) {
        return new Freshness(41, Instant.EPOCH, lagMs, stale);
    }
}
