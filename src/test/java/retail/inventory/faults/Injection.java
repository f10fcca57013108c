package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;

/**
 * Strace at one thread of the service, which makes calls of it fail. It hands over each call it sees, with the whole of
 * what is written; the thread runs on untouched when this is closed.
 */
record Injection(ServiceProcess strace) implements AutoCloseable {

    private static final Duration ATTACH_MAX = Duration.ofSeconds(10);
    private static final Pattern ATTACHED = Pattern.compile("^strace: Process .* attached$");
    private static final String TEXT_BYTES_MAX = Integer.toString(1 << 16);

    /** Attaches to a thread; the fault is armed when this returns. */
    static Injection attach(long thread, Fault fault, List<Path> onlyOn) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-p", Long.toString(thread), "-y"));
        command.addAll(List.of("-s", TEXT_BYTES_MAX, "-e", "signal=none", "-e", "trace=" + Fault.Call.allNames()));
        fault.injections().forEach(each -> command.addAll(List.of("-e", "inject=" + each)));
        onlyOn.forEach(path -> command.addAll(List.of("-P", path.toString())));
        ServiceProcess strace = ServiceProcess.launch(command, Map.of());
        if (!Moments.within(ATTACH_MAX, () -> strace.printed(ATTACHED).isPresent() || !strace.isAlive())
                || strace.printed(ATTACHED).isEmpty()) {
            strace.close();
            throw new IOException("strace does not attach: " + strace.output());
        }
        return new Injection(strace);
    }

    /** The calls that were seen so far. */
    Trace trace() {
        return new Trace(List.copyOf(strace.output()));
    }

    /** Detaches; all that was seen. */
    Trace detach() throws IOException {
        close();
        return trace();
    }

    @Override
    public void close() throws IOException {
        int _ = strace.terminate();
    }
}
