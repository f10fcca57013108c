package retail.inventory.command;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far a long command is: a bar on a terminal, elsewhere a line every ten seconds. Safe for several threads. */
final class Progress {

    private static final int BAR_WIDTH = 30;
    private static final String ERASE_LINE = "\r\u001b[K";

    /** Tells nothing. */
    static final Progress NONE = new Progress(new PrintWriter(Writer.nullWriter()), false, () -> 0);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long everyNanos;
    private long nextNanos;
    private boolean shown;

    /** Progress on the terminal that the process was started at, or on none. */
    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 always had one; 25 again has none away from a terminal
    static Progress of(PrintWriter out) {
        Console console = System.console();
        return new Progress(out, console != null && console.isTerminal(), System::nanoTime);
    }

    Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.everyNanos = terminal ? TimeUnit.MILLISECONDS.toNanos(200) : TimeUnit.SECONDS.toNanos(10);
        this.nextNanos = nanoTime.getAsLong() + everyNanos;
    }

    /**
     * Tells it when it is time to.
     *
     * @param total as far as it is known
     * @param unit of both numbers
     */
    synchronized void reached(long done, long total, String unit) {
        long now = nanoTime.getAsLong();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + everyNanos;
        long percent = total <= 0 ? 0 : Math.min(100, 100 * done / total);
        String text = String.format(Locale.ROOT, "%3d %%  %,d of %,d %s", percent, done, total, unit);
        if (terminal) {
            int filled = (int) (BAR_WIDTH * percent / 100);
            out.print(ERASE_LINE + "[" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + text);
            out.flush();
            shown = true;
        } else {
            out.println(text);
        }
    }

    /** Takes the bar away, so that a line can be printed. */
    synchronized void clear() {
        if (shown) {
            out.print(ERASE_LINE);
            out.flush();
            shown = false;
        }
    }
}
