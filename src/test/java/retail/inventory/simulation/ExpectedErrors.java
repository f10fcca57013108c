package retail.inventory.simulation;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** For tests that make disks fail by the thousand: the service's log says nothing while any of them runs. */
public final class ExpectedErrors implements BeforeAllCallback, AfterAllCallback {

    private static int classes;
    private static @Nullable Level level;

    @Override
    public void beforeAll(ExtensionContext test) {
        Logger logger = logger();
        synchronized (ExpectedErrors.class) {
            if (classes++ == 0) {
                level = logger.getLevel();
                logger.setLevel(Level.OFF);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext test) {
        Logger logger = logger();
        synchronized (ExpectedErrors.class) {
            if (--classes == 0) {
                logger.setLevel(level);
            }
        }
    }

    /**
     * While another thread makes the first logger of all, SLF4J gives everybody else a stand-in. Not asked for in a
     * static field: the condition is looked at by a thread of its own, which would wait for this class to be ready.
     */
    private static Logger logger() {
        await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        return (Logger) LoggerFactory.getLogger("retail.inventory");
    }
}
