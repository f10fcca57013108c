package retail.inventory.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;
import retail.inventory.files.RealDisk;

/** Another process: it counts under leases, or holds one and answers whether it has it still. */
final class LeaseProcess {

    static final int THREADS = 3;
    static final int ROUNDS = 80;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path directory;
    private final FileLeases leases;
    private final ReentrantLock threads = new ReentrantLock(true);

    private LeaseProcess(Path directory, FileLeases leases) {
        this.directory = directory;
        this.leases = leases;
    }

    static FileLeases open(Path directory, long ttlMs, long waitMs) throws IOException {
        return FileLeases.open(
                new RealDisk(),
                new FileLeases.Options(directory.resolve("locks"), ttlMs, ttlMs - 100, waitMs),
                InstantSource.system());
    }

    static Process start(Path directory, String what, long ttlMs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaseProcess.class.getName(),
                        what,
                        directory.toString(),
                        String.valueOf(ttlMs))
                .inheritIO()
                .start();
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        FileLeases leases = open(directory, Long.parseLong(args[2]), 60_000);
        LeaseProcess process = new LeaseProcess(directory, leases);
        switch (args[0]) {
            case "count" -> process.count();
            case "hold" -> process.hold();
            default -> throw new IllegalArgumentException(args[0]);
        }
        leases.close();
    }

    private void hold() throws IOException {
        try (Period held = (Period) leases.take(() -> {})) {
            Files.createFile(directory.resolve("held"));
            awaitFile("ask");
            Files.writeString(directory.resolve("answer.tmp"), String.valueOf(held.isValid()));
            Files.move(directory.resolve("answer.tmp"), directory.resolve("answer"));
            awaitFile("end");
        }
    }

    private void count() throws Exception {
        Files.createFile(directory.resolve("ready-" + ProcessHandle.current().pid()));
        awaitFile("go");
        List<Thread> counting = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) { // so many that one always has it, and only the end of a turn lets others in
            counting.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    increment();
                }
            }));
        }
        for (Thread thread : counting) {
            thread.join();
        }
    }

    /** A process of its own has the lease, and one of its threads at a time the counter. */
    private void increment() {
        try (Period lease = (Period) leases.take(() -> {})) {
            threads.lock();
            try {
                Path alone = Files.createFile(directory.resolve("inside"));
                Path counter = directory.resolve("counter");
                int value = read(counter);
                LockSupport.parkNanos(STEP_NANOS);
                Files.writeString(counter, String.valueOf(value + 1));
                Files.writeString(
                        directory.resolve("order"),
                        ProcessHandle.current().pid() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                Files.delete(alone);
                if (!lease.isValid()) {
                    throw new IllegalStateException("it has run out");
                }
            } finally {
                threads.unlock();
            }
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(LeaseProcess.class).error("not alone", e);
            Runtime.getRuntime().halt(1);
        }
    }

    private void awaitFile(String name) {
        while (Files.notExists(directory.resolve(name))) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    static int read(Path counter) throws IOException {
        try {
            return Integer.parseInt(Files.readString(counter));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }
}
