package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One thread of one process at a time is inside, and a dead process is not. */
class FileMutexTest {

    private static final int PROCESSES = 3;
    private static final int THREADS = 3;
    private static final int ROUNDS = 200;

    @TempDir
    Path directory;

    @Test
    void noIncrementOfAnyProcessOrThreadIsLost() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(start("count"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(read(directory.resolve("counter"))).isEqualTo(PROCESSES * THREADS * ROUNDS);
    }

    /** Two processes want two mutexes at once, each thread only one: Linux takes that for a deadlock. */
    @Test
    void mutexesThatProcessesWantCrosswiseAreNoDeadlock() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(start("crosswise"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(read(directory.resolve("counter"))).isEqualTo(PROCESSES * ROUNDS);
        assertThat(read(directory.resolve("other counter"))).isEqualTo(PROCESSES * ROUNDS);
    }

    @Test
    void aProcessThatDiesInsideLetsOthersIn() throws Exception {
        Process inside = start("stay");
        Path arrived = directory.resolve("arrived");
        await().until(() -> Files.exists(arrived));
        Process waiting = start("count");
        assertThat(waiting.waitFor(1500, TimeUnit.MILLISECONDS))
                .as("somebody is inside")
                .isFalse();
        inside.destroyForcibly().waitFor();
        assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(read(directory.resolve("counter"))).isEqualTo(THREADS * ROUNDS);
    }

    private Process start(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Counter.class.getName(),
                        what,
                        directory.toString())
                .inheritIO()
                .start();
    }

    private static int read(Path counter) throws IOException {
        try {
            return Integer.parseInt(Files.readString(counter));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** Another process. */
    static final class Counter {

        private Counter() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[1]);
            FileMutex mutex = new FileMutex(new RealDisk(), directory.resolve("mutex"));
            if (args[0].equals("stay")) {
                mutex.inside(() -> {
                    Files.createFile(directory.resolve("arrived"));
                    LockSupport.parkNanos(Duration.ofMinutes(2).toNanos());
                    return null;
                });
                return;
            }
            List<Thread> threads = new ArrayList<>();
            if (args[0].equals("crosswise")) {
                FileMutex other = new FileMutex(new RealDisk(), directory.resolve("other mutex"));
                threads.add(Thread.ofPlatform().start(() -> count(mutex, directory.resolve("counter"))));
                threads.add(Thread.ofPlatform().start(() -> count(other, directory.resolve("other counter"))));
            }
            for (int i = 0; args[0].equals("count") && i < THREADS; i++) {
                threads.add(Thread.ofPlatform().start(() -> count(mutex, directory.resolve("counter"))));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            mutex.close();
        }

        private static void count(FileMutex mutex, Path counter) {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    mutex.inside(() -> Files.writeString(counter, String.valueOf(read(counter) + 1)));
                }
            } catch (IOException e) {
                LoggerFactory.getLogger(Counter.class).error("not inside", e);
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
