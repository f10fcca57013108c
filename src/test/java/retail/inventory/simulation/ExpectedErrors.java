package retail.inventory.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** For tests that make disks fail by the thousand: the service's log says nothing while any of them runs. */
public final class ExpectedErrors implements BeforeAllCallback, AfterAllCallback {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("retail.inventory");

    private static int classes;
    private static @Nullable Level level;

    @Override
    public void beforeAll(ExtensionContext test) {
        synchronized (LOGGER) {
            if (classes++ == 0) {
                level = LOGGER.getLevel();
                LOGGER.setLevel(Level.OFF);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext test) {
        synchronized (LOGGER) {
            if (--classes == 0) {
                LOGGER.setLevel(level);
            }
        }
    }
}
