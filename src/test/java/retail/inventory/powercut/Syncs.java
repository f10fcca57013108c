package retail.inventory.powercut;

import java.util.List;

/** What strace makes of the syncs of a process that it starts, from the first one on; nothing else is touched. */
final class Syncs {

    private static final int MICROS_PER_MS = 1_000;

    private Syncs() {}

    /** They are as they are. */
    static List<String> untouched() {
        return List.of();
    }

    /** Each takes longer, so that more is under way when the power is cut. */
    static List<String> delayed(int ms) {
        return ms == 0 ? untouched() : injected("delay_enter=" + ms * MICROS_PER_MS);
    }

    /** Each is left out and said to be done. */
    static List<String> skipped() {
        return injected("retval=0");
    }

    private static List<String> injected(String what) {
        return List.of(
                "strace", // as a grandchild, so that the process is the one that was launched
                "-D",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "signal=none",
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync,fsync:" + what);
    }
}
