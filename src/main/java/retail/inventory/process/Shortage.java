package retail.inventory.process;

import org.jspecify.annotations.Nullable;

/** What there is not enough of when the JVM throws an {@link OutOfMemoryError}. */
enum Shortage {
    HEAP("the heap is full", "Give it a larger one (-Xmx), or less to keep"),
    DIRECT_MEMORY(
            "no more memory for buffers",
            "Give it more (-XX:MaxDirectMemorySize, or a larger -Xmx), or fewer clients at a time"),
    THREADS(
            "no more threads",
            "Let it have more (ulimit -u, the limit of processes of its container), or more memory outside the heap"),
    CLASSES("no more memory for classes", "Give it more (-XX:MaxMetaspaceSize)");

    private final String sentence;

    Shortage(String what, String helps) {
        this.sentence = "Out of memory, " + what + ": the process ends with exit code " + ProcessEnd.OUT_OF_MEMORY
                + ". What was acknowledged is in the log. " + helps;
    }

    /** By the error's message; needs no memory. */
    static Shortage of(@Nullable String message) {
        if (message == null) {
            return HEAP;
        }
        if (message.contains("native thread")) {
            return THREADS;
        }
        if (message.contains("direct buffer") || message.contains("Direct buffer")) {
            return DIRECT_MEMORY;
        }
        return message.contains("Metaspace") || message.contains("class space") ? CLASSES : HEAP;
    }

    String sentence() {
        return sentence;
    }
}
