package retail.inventory.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of the system that does one thing and ends. */
public final class Command {

    private Command() {}

    /** Runs it. */
    public static void run(String... command) throws IOException {
        String problem = problem(command);
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Runs it; what went wrong, or nothing. */
    public static String problem(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : List.of(command) + ": " + output.strip();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
