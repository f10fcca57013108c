package retail.inventory.simulation;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Makes Logback ready before the first test class begins: while one of several that begin at once makes the first logger of all,
 * SLF4J gives the others a stand-in, which is none of Logback's.
 */
public final class LogsBeforeTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ILoggerFactory _ = LoggerFactory.getILoggerFactory();
    }
}
