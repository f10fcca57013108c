package retail.inventory.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import retail.inventory.files.Checksum;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of the trail as bytes, without their ends:
 *
 * <pre>
 * {"format":1,"at":"…","act":"sync","by":"…","request":"…","prev":"…","crc":"…"}
 * </pre>
 *
 * Between {@code by} and {@code prev} there is what else is to be said of the act, all of it text.
 *
 * @param at when it was written
 * @param prev the {@link #hash} of the line before
 */
record TrailLine(Instant at, String prev) {

    /** What the very first line has for the hash of the one before. */
    static final String NOTHING = "0".repeat(64);

    /** Nothing that a client sent makes a line longer than a few of these. */
    private static final int TEXT_MAX = 256;

    private static final int FORMAT = 1;
    private static final String AT = "at";
    private static final String PREV = "prev";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static byte[] encode(Instant at, TrailAct act, String prev) {
        ObjectNode node = JSON.createObjectNode().put("format", FORMAT).put(AT, at.toString());
        node.put("act", act.act()).put("by", cut(act.by()));
        for (Map.Entry<String, String> detail : act.details().entrySet()) {
            node.put(detail.getKey(), cut(detail.getValue()));
        }
        byte[] text = JSON.writeValueAsBytes(node.put(PREV, prev));
        byte[] sealed = Arrays.copyOf(text, text.length - 1 + Checksum.BYTES);
        Checksum.append(sealed, 0, text.length - 1);
        return sealed;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static TrailLine decode(byte[] bytes, int offset, int length) {
        String damage = Checksum.damage(bytes, offset, length);
        if (damage != null) {
            throw new IllegalArgumentException(damage);
        }
        try {
            JsonNode node = JSON.readTree(bytes, offset, length);
            if (node.path("format").asInt(0) != FORMAT) {
                throw new IllegalArgumentException("it is of another format than " + FORMAT);
            }
            return new TrailLine(
                    Instant.parse(node.path(AT).asString("")), node.path(PREV).asString(""));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it has a time that is none: " + e.getMessage(), e);
        }
    }

    /** The SHA-256 of a line without its end, in hexadecimal digits. */
    static String hash(byte[] bytes, int offset, int length) {
        MessageDigest digest = sha256();
        digest.update(bytes, offset, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The same of a text. */
    static String hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
