package retail.inventory.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import retail.inventory.lab.Moments;

/**
 * Strace at one thread of the service, which makes calls of it fail. It hands over each call it sees, with the whole of
 * what is written; the thread runs on untouched when this is closed.
 */
final class Injection implements AutoCloseable {

    private static final Duration ATTACH_MAX = Duration.ofSeconds(10);
    private static final String TEXT_BYTES_MAX = Integer.toString(1 << 16);

    private final Process strace;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean attached;

    private Injection(Process strace) {
        this.strace = strace;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Attaches to a thread; the fault is armed when this returns. */
    static Injection attach(long thread, Fault fault, List<Path> onlyOn) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-p", Long.toString(thread), "-y"));
        command.addAll(List.of("-s", TEXT_BYTES_MAX, "-e", "signal=none", "-e", "trace=" + Call.allNames()));
        fault.injections().forEach(each -> command.addAll(List.of("-e", "inject=" + each)));
        onlyOn.forEach(path -> command.addAll(List.of("-P", path.toString())));
        Injection injection = new Injection(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        if (!Moments.within(ATTACH_MAX, () -> injection.attached || !injection.strace.isAlive())
                || !injection.attached) {
            injection.close();
            throw new IOException("strace does not attach: " + injection.lines);
        }
        return injection;
    }

    /** The calls that were seen so far. */
    Trace trace() {
        return new Trace(List.copyOf(lines));
    }

    /** Detaches; all that was seen. */
    Trace detach() {
        close();
        return trace();
    }

    @Override
    public void close() {
        strace.destroy();
        try {
            strace.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private void read() {
        try (BufferedReader output = strace.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("strace: Process ") && line.endsWith(" attached")) {
                    attached = true;
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }
}
