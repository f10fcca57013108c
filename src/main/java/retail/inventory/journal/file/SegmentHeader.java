package retail.inventory.journal.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.journal.LogDamagedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first line of a segment; see the package's documentation.
 *
 * @param logId the history that wrote the segment
 * @param first the sequence of its first event
 * @param continues the histories that end where this segment begins, latest last: that of the segment before it, when it is
 *     another one
 */
record SegmentHeader(String logId, long first, List<String> continues) {

    /** The format that is written; 1 had no header. */
    static final int FORMAT = 2;

    /**
     * No program of format 1 can read this time, whatever it is doing with the line. Without it they would take a header for
     * a line that was torn or damaged, and some of them would cut it off with what comes behind it.
     */
    private static final String STOPS_FORMAT_1 = "+999999999-12-31T23:59:59Z";

    /** How the headers of all formats begin. */
    private static final byte[] START = "{\"logId\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final JsonMapper JSON = new JsonMapper();

    /** Whether a line that begins like this is a header, be it a damaged one. */
    static boolean starts(byte[] bytes, int offset, int length) {
        return length >= START.length && Arrays.equals(START, 0, START.length, bytes, offset, offset + START.length);
    }

    /** Its line, without the line end. */
    byte[] encode() {
        StringBuilder text = new StringBuilder("{\"logId\":\"")
                .append(logId)
                .append("\",\"format\":")
                .append(FORMAT)
                .append(",\"first\":")
                .append(first);
        if (!continues.isEmpty()) {
            text.append(",\"continues\":[\"")
                    .append(String.join("\",\"", continues))
                    .append("\"]");
        }
        byte[] open = text.append(",\"ts\":\"")
                .append(STOPS_FORMAT_1)
                .append('"')
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(open, open.length + Checksum.BYTES);
        Checksum.append(line, 0, open.length);
        return line;
    }

    /**
     * Reads a line.
     *
     * @param file for what a person is told when a newer version wrote it
     * @return null when it is damaged, or no header
     * @throws LogDamagedException when it has a format that this version does not know
     */
    static @Nullable SegmentHeader decode(byte[] bytes, int offset, int length, Path file) {
        if (!starts(bytes, offset, length) || Checksum.damage(bytes, offset, length) != null) {
            return null;
        }
        try {
            JsonNode object = JSON.readTree(bytes, offset, length);
            int format = object.path("format").asInt(0);
            if (format > FORMAT) {
                throw new LogDamagedException(file + " has format " + format + ", and this version reads formats up to "
                        + FORMAT + ": start the version that wrote it, or a newer one.");
            }
            List<String> continues = new ArrayList<>();
            object.path("continues").forEach(id -> continues.add(id.asString()));
            return new SegmentHeader(
                    object.required("logId").asString(),
                    object.required("first").asLong(),
                    List.copyOf(continues));
        } catch (JacksonException noHeader) {
            return null;
        }
    }

    /** Whether this may be the segment behind one of another or the same history. */
    boolean follows(SegmentHeader before) {
        return logId.equals(before.logId) || continues.contains(before.logId);
    }
}
