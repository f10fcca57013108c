package retail.inventory.simulation;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has tests wait a minute for what they wait for, not Awaitility's ten seconds: a wait is there to end a test that hangs, and says
 * nothing about how fast the machine is.
 */
public final class HangGuards implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
