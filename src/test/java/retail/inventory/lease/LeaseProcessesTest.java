package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.lease.LeasesTogether.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that share a directory: they work, die and stop. */
class LeaseProcessesTest {

    private static final int PROCESSES = 3;
    private static final long LONG_MS = 60_000;

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void noIncrementIsLostAndEachProcessHasItsTurns() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            start("count", LONG_MS);
        }
        soon().until(() -> ready() == PROCESSES);
        Files.createFile(directory.resolve("go"));
        for (Process process : processes) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        int rounds = LeaseProcess.THREADS * LeaseProcess.ROUNDS;
        assertThat(LeaseProcess.read(directory.resolve("counter"))).isEqualTo(PROCESSES * rounds);
        assertThat(sharesWhenTheFirstHasAll(rounds))
                .hasSize(PROCESSES)
                .allSatisfy((pid, share) -> assertThat(share).isGreaterThanOrEqualTo(rounds / 4));
        try (Stream<Path> left = Files.list(directory.resolve("locks"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".guard");
        }
    }

    @Test
    void aKilledProcessKeepsNothing() throws Exception {
        Process holder = start("hold", LONG_MS);
        awaitFile("held");
        try (FileLeases leases = LeaseProcess.open(directory, LONG_MS, LONG_MS / 2)) {
            Thread killer = Thread.ofPlatform().start(() -> {
                soon().until(() -> leases.held().getFirst().waiting().size() == 1);
                holder.destroyForcibly();
            });
            try (Period lease = (Period) leases.take(() -> {})) { // long before it would run out
                assertThat(lease.isValid()).isTrue();
            }
            killer.join();
            assertThat(leases.counts().stolen()).isOne();
        }
    }

    @Test
    void aStoppedProcessIsWaitedOutAndKnowsWhenItGoesOn() throws Exception {
        long ttlMs = 4000; // longer than a busy machine keeps this process from renewing its own
        Process holder = start("hold", ttlMs);
        awaitFile("held");
        signal("STOP", holder);
        try (FileLeases leases = LeaseProcess.open(directory, ttlMs, LONG_MS);
                Period lease = (Period) leases.take(() -> {})) {
            assertThat(leases.counts().stolen()).isOne();
            Files.createFile(directory.resolve("ask"));
            signal("CONT", holder);
            awaitFile("answer");
            assertThat(directory.resolve("answer")).hasContent("false");
            assertThat(lease.isValid()).isTrue();
            Files.createFile(directory.resolve("end"));
            assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(holder.exitValue()).isZero();
            assertThat(leases.held())
                    .singleElement()
                    .satisfies(held -> assertThat(held.users()).isOne());
        }
    }

    private Process start(String what, long ttlMs) throws IOException {
        Process process = LeaseProcess.start(directory, what, ttlMs);
        processes.add(process);
        return process;
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private void awaitFile(String name) {
        soon().until(() -> Files.exists(directory.resolve(name)));
    }

    private long ready() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ready-"))
                    .count();
        }
    }

    /** How often each process had it when the first one was done. */
    private Map<String, Integer> sharesWhenTheFirstHasAll(int rounds) throws IOException {
        Map<String, Integer> shares = new HashMap<>();
        for (String pid : Files.readAllLines(directory.resolve("order"))) {
            if (shares.merge(pid, 1, Integer::sum) == rounds) {
                break;
            }
        }
        return shares;
    }
}
