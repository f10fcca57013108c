package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What counts of one file of holds: lines that were added one by one, each with its checksum, behind a first one that says what the
 * file is. Of several lines of a hold, in this file or in those before it, the last one counts.
 *
 * <pre>{@code
 * {"format":4,"logId":"ab63…","file":1,"through":42,"crc":"1a2b3c4d"}
 * {"holdId":"h1","version":1,"state":"HELD","placedAt":"…","changedAt":"…","expiresAt":"…","lines":[…],"crc":"9f3a01c2"}
 * {"forgotten":"h0","crc":"0c7d11ee"}
 * }</pre>
 *
 * @param extent how far it was read
 * @param logId the log whose sequence {@code through} is; null when it has none
 * @param through the log's durable sequence when the file was begun
 * @param crc that of the extent, to go on with
 */
record HoldFile(HoldExtent extent, @Nullable String logId, long through, List<HoldLines.Line> lines, CRC32C crc) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("holds-(\\d{6,9})\\.jsonl");
    private static final Pattern ANY_NAME = Pattern.compile(NAME.pattern() + "(\\.damaged)?");

    /** Whether a file of the directory is one of these. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "holds-%06d.jsonl", number);
    }

    /** The number in a name, be it of a file that was put aside; 0 when it is no such name. */
    static int number(String name) {
        Matcher matcher = ANY_NAME.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    static ByteBuffer firstLine(@Nullable String logId, int number, long through) {
        return HoldLines.line(json -> {
            json.writeNumberProperty("format", FileFormat.NUMBER);
            if (logId != null) {
                json.writeStringProperty("logId", logId);
            }
            json.writeNumberProperty("file", number);
            json.writeNumberProperty("through", through);
        });
    }

    /** Reads what counts of a file. */
    static HoldFile read(Disk disk, Path directory, HoldExtent extent) throws IOException, DamagedFileException {
        Path file = directory.resolve(name(extent.number()));
        byte[] content = start(disk, file, extent.bytes());
        int end = endOfLine(content, 0);
        JsonNode first = readFirstLine(content, end, file);
        if (first.path("file").asInt(0) != extent.number()) {
            throw new DamagedFileException("it is " + name(first.path("file").asInt(0)));
        }
        List<HoldLines.Line> lines = new ArrayList<>();
        while (end + 1 < content.length) {
            int begin = end + 1;
            end = endOfLine(content, begin);
            try {
                lines.add(HoldLines.read(content, begin, end - begin));
            } catch (DamagedFileException e) {
                throw new DamagedFileException("line " + (lines.size() + 2) + ": " + e.getMessage());
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(content);
        if (crc.getValue() != extent.crc()) {
            throw new DamagedFileException("its lines are not those of the checkpoint");
        }
        String logId = first.path("logId").asString(null);
        return new HoldFile(extent, logId, first.path("through").asLong(0), lines, crc);
    }

    private static byte[] start(Disk disk, Path file, long bytes) throws IOException, DamagedFileException {
        try (Disk.ReadableFile in = disk.openForRead(file)) {
            if (in.size() < bytes) {
                throw new DamagedFileException("it has " + in.size() + " bytes of " + bytes);
            }
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(bytes));
            while (content.hasRemaining() && in.read(content, content.position()) > 0) {}
            return content.array();
        }
    }

    private static int endOfLine(byte[] content, int begin) throws DamagedFileException {
        for (int at = begin; at < content.length; at++) {
            if (content[at] == '\n') {
                return at;
            }
        }
        throw new DamagedFileException("it does not end with a line end");
    }

    private static JsonNode readFirstLine(byte[] content, int end, Path file) throws DamagedFileException {
        byte[] line = Arrays.copyOf(content, end + 1);
        FileFormat.requireWhole(line);
        try {
            JsonNode first = JSON.readTree(line);
            FileFormat.requireKnown(first.path("format").asInt(0), file);
            return first;
        } catch (JacksonException e) {
            throw new DamagedFileException("its first line is none: " + e.getMessage());
        }
    }
}
