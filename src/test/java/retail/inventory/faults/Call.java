package retail.inventory.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way in which the JDK changes files, by the names that the kernels of different machines have for it. */
enum Call {
    WRITE("write"),
    PWRITE("pwrite64"),
    FDATASYNC("fdatasync"),
    FSYNC("fsync"),
    RENAME("?rename,?renameat,?renameat2"),
    OPEN("?open,?openat");

    private final String names;

    Call(String names) {
        this.names = names;
    }

    /** As strace wants it; a question mark stands before what not every kernel has. */
    String names() {
        return names;
    }

    /** All there are, as strace wants them. */
    static String allNames() {
        return Arrays.stream(values()).map(Call::names).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
