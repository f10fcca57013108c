package retail.inventory.web;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code traceparent} header says (W3C Trace Context, section 3.2): the trace a request belongs to, the span it was
 * sent by, and flags, each in lower-case hex.
 */
record TraceParent(String traceId, String spanId, String flags) {

    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    /** What a header says; null when there is none or it breaks a rule, which is the same: the request has no trace. */
    static @Nullable TraceParent of(@Nullable String header) {
        if (header == null || !hasForm(header)) {
            return null;
        }
        String traceId = header.substring(3, SPAN_ID - 1);
        String spanId = header.substring(SPAN_ID, FLAGS - 1);
        return !traceId.equals(NO_TRACE) && !spanId.equals(NO_SPAN)
                ? new TraceParent(traceId, spanId, header.substring(FLAGS, LENGTH))
                : null;
    }

    /** A later version may have more behind the flags. */
    private static boolean hasForm(String header) {
        if (header.length() < LENGTH || header.startsWith("ff")) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = header.charAt(i);
            boolean dash = i == 2 || i == SPAN_ID - 1 || i == FLAGS - 1;
            boolean right = dash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!right) {
                return false;
            }
        }
        return header.length() == LENGTH || (header.charAt(LENGTH) == '-' && !header.startsWith("00"));
    }
}
