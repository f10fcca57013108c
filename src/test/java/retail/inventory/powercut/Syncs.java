package retail.inventory.powercut;

import java.util.List;

/** What strace makes of the syncs of a process that it starts, from the first one on; nothing else is touched. */
final class Syncs {

    /** As a grandchild, so that the process is the one that was launched. */
    private static final String STRACE = "strace -D -f --seccomp-bpf -qq -o /dev/null -e signal=none"
            + " -e trace=fdatasync,fsync -e inject=fdatasync,fsync:";

    private Syncs() {}

    /** Each takes longer, so that more is under way when the power is cut. */
    static List<String> delayed(int ms) {
        return ms == 0 ? List.of() : List.of((STRACE + "delay_enter=" + ms + "000").split(" ", -1));
    }

    /** Each is left out and said to be done. */
    static List<String> skipped() {
        return List.of((STRACE + "retval=0").split(" ", -1));
    }
}
