package retail.inventory.central;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.files.Checksum;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the dead letters' file.
 *
 * @param letter null when the line says that it was resolved
 * @param resolvedAt the view's position when it was
 * @param logId the log whose event it is; null in lines of format 1, and when the log has none
 * @param format null in lines of format 1
 */
record LetterLine(
        long id,
        @Nullable KeptLetter letter,
        @Nullable Long resolvedAt,
        @Nullable String logId,
        @Nullable Integer format) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of the present format, not yet of a log. */
    static LetterLine kept(Letter letter) {
        return new LetterLine(letter.id(), KeptLetter.of(letter), null, null, CentralFiles.FORMAT);
    }

    /** The same of a letter that is gone. */
    static LetterLine resolved(long id, long position) {
        return new LetterLine(id, null, position, null, CentralFiles.FORMAT);
    }

    LetterLine of(@Nullable String log) {
        return new LetterLine(id, letter, resolvedAt, log, format);
    }

    /** Null when it cannot be read: a crash has torn it, or it is damaged. */
    static @Nullable LetterLine read(String text) {
        try {
            LetterLine line = JSON.readValue(text, LetterLine.class);
            return isDamaged(text) ? null : line;
        } catch (JacksonException | IllegalArgumentException tornByACrashOrDamaged) {
            return null;
        }
    }

    /** A line without a checksum is one of an earlier version, or by hand. */
    private static boolean isDamaged(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        return text.contains("\"crc\":\"") && Checksum.damage(line, 0, line.length) != null;
    }

    /** Its bytes, sealed. */
    byte[] encode() {
        byte[] text = JSON.writeValueAsBytes(this);
        byte[] sealed = Arrays.copyOf(text, text.length - 1 + Checksum.BYTES);
        Checksum.append(sealed, 0, text.length - 1);
        return sealed;
    }

    /** Of each letter that is open its line, of each that was resolved the last one, and what cannot be read. */
    static byte[] withoutResolved(byte[] content) {
        Map<Long, String> last = new LinkedHashMap<>();
        StringBuilder kept = new StringBuilder();
        for (String text : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            LetterLine line = text.isEmpty() ? null : read(text);
            if (line != null) {
                last.remove(line.id());
                last.put(line.id(), text);
            } else if (!text.isEmpty()) {
                kept.append(text).append('\n');
            }
        }
        last.values().forEach(text -> kept.append(text).append('\n'));
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }
}
