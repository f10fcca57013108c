package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes first is alone; whoever comes while another process is there is not; the dead are not there. */
class FilePresenceTest {

    @TempDir
    Path directory;

    @Test
    void onlyTheFirstIsAlone() throws Exception {
        Process first = start("share", "first");
        assertThat(Files.readString(arrived("first"))).isEqualTo("true");
        Process second = start("share", "second");
        assertThat(Files.readString(arrived("second"))).isEqualTo("false");
        first.destroyForcibly().waitFor();
        try (FilePresence third = new FilePresence(new RealDisk(), directory.resolve("presence"))) {
            assertThat(third.join()).as("the second is still there").isFalse();
        }
        second.destroyForcibly().waitFor();
        try (FilePresence fourth = new FilePresence(new RealDisk(), directory.resolve("presence"))) {
            assertThat(fourth.join()).isTrue();
        }
    }

    @Test
    void refusesToJoinWhoSharesNothing() throws Exception {
        Process exclusive = start("exclusive", "first");
        try (FilePresence presence = new FilePresence(new RealDisk(), directory.resolve("presence"))) {
            assertThatIOException().isThrownBy(presence::join).withMessageContaining("shares its data with nobody");
        }
        exclusive.destroyForcibly().waitFor();
    }

    private Path arrived(String name) {
        return directory.resolve(name);
    }

    /** Another process, once it is there. */
    private Process start(String how, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        how,
                        directory.resolve("presence").toString(),
                        arrived(name).toString())
                .inheritIO()
                .start();
        await().until(() -> Files.exists(arrived(name)));
        return process;
    }

    /** It stays until it is killed. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[1]);
            Path arrived = Path.of(args[2]);
            RealDisk disk = new RealDisk();
            boolean alone = args[0].equals("share")
                    ? new FilePresence(disk, file).join()
                    : disk.tryLock(file, "held").isPresent();
            Files.writeString(arrived.resolveSibling("tmp"), String.valueOf(alone));
            disk.rename(arrived.resolveSibling("tmp"), arrived);
            LockSupport.parkNanos(Duration.ofMinutes(2).toNanos());
        }
    }
}
