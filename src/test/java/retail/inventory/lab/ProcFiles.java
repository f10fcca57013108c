package retail.inventory.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What Linux tells of a process. */
public record ProcFiles(Path directory) {

    private static final int THREAD_NAME_MAX = 15; // TASK_COMM_LEN of Linux

    /** Stopped, the same under a tracer, or in a call from which it comes back stopped. */
    private static final String STANDS_STILL = "TtDZX";

    static ProcFiles of(long pid) {
        return new ProcFiles(Path.of("/proc/" + pid));
    }

    /** The most memory it had so far, where the system tells it. */
    public OptionalLong residentMibMax() {
        try {
            return Files.readAllLines(directory.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException notToldHere) {
            return OptionalLong.empty();
        }
    }

    /** The number of a thread by its name. */
    public long threadId(String name) throws IOException {
        String shortName = name.substring(0, Math.min(name.length(), THREAD_NAME_MAX));
        for (Path thread : threads()) {
            if (Files.readString(thread.resolve("comm")).strip().equals(shortName)) {
                return Long.parseLong(thread.getFileName().toString());
            }
        }
        throw new IOException("the service has no thread " + name);
    }

    /** Whether no thread of it runs. */
    public boolean standsStill() {
        try {
            for (Path thread : threads()) {
                String stat = Files.readString(thread.resolve("stat"));
                // The state comes after the name, which is in brackets and may have any.
                if (STANDS_STILL.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException ended) {
            return !Files.exists(directory); // if it was only a thread, the next look tells
        }
    }

    private List<Path> threads() throws IOException {
        try (Stream<Path> threads = Files.list(directory.resolve("task"))) {
            return threads.toList();
        }
    }

    /** Connections at a port of this machine that are open, or that only their other end has closed. */
    public static long connections(int port) throws IOException {
        String local = "[0-9A-F]+:%04X".formatted(port);
        long count = 0;
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            if (Files.exists(table)) {
                count += Files.readAllLines(table).stream()
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(field -> field.length > 3 && field[1].matches(local) && field[3].matches("0[18]"))
                        .count();
            }
        }
        return count;
    }
}
