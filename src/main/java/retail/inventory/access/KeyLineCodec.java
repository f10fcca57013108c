package retail.inventory.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of the file of keys as bytes, without their ends:
 *
 * <pre>
 * {"format":1,"op":"create","at":"…","id":"…","name":"till-7","role":"till","grants":[{"stores":["S1"],"can":["read"]}],
 *  "expires":"…","sha256":"…","last4":"…","crc":"…"}
 * {"format":1,"op":"rotate","at":"…","id":"…","sha256":"…","last4":"…","beforeUntil":"…","crc":"…"}
 * {"format":1,"op":"revoke","at":"…","id":"…","crc":"…"}
 * {"format":1,"op":"deny","at":"…","subject":"…","crc":"…"}
 * </pre>
 *
 * {@code role} and {@code expires} may be missing. Whatever else is not as it is here is refused: a later version may mean by
 * it that a key is worth less.
 */
final class KeyLineCodec {

    private static final int FORMAT = 1;

    private static final String AT = "at";
    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String GRANTS = "grants";
    private static final String STORES = "stores";
    private static final String CAN = "can";
    private static final String EXPIRES = "expires";
    private static final String SHA256 = "sha256";
    private static final String LAST4 = "last4";
    private static final String BEFORE_UNTIL = "beforeUntil";
    private static final String SUBJECT = "subject";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private KeyLineCodec() {}

    static byte[] encode(KeyLine line) {
        ObjectNode node = JSON.createObjectNode().put("format", FORMAT);
        switch (line) {
            case KeyLine.Created created -> putAll(start(node, "create", created), created);
            case KeyLine.Rotated rotated ->
                putSecret(start(node, "rotate", rotated).put(ID, rotated.id()), rotated.secret())
                        .put(BEFORE_UNTIL, rotated.beforeUntil().toString());
            case KeyLine.Revoked revoked -> start(node, "revoke", revoked).put(ID, revoked.id());
            case KeyLine.Denied denied -> start(node, "deny", denied).put(SUBJECT, denied.subject());
        }
        byte[] text = JSON.writeValueAsBytes(node);
        byte[] sealed = Arrays.copyOf(text, text.length - 1 + Checksum.BYTES);
        Checksum.append(sealed, 0, text.length - 1);
        return sealed;
    }

    private static ObjectNode start(ObjectNode node, String op, KeyLine line) {
        return node.put("op", op).put(AT, line.at().toString());
    }

    private static void putAll(ObjectNode node, KeyLine.Created created) {
        node.put(ID, created.id()).put(NAME, created.name());
        if (created.role() != null) {
            node.put(ROLE, created.role());
        }
        ArrayNode grants = node.putArray(GRANTS);
        for (Grant grant : created.grants()) {
            ObjectNode one = grants.addObject();
            grant.stores().forEach(one.putArray(STORES)::add);
            grant.words().forEach(one.putArray(CAN)::add);
        }
        if (created.expires() != null) {
            node.put(EXPIRES, created.expires().toString());
        }
        putSecret(node, created.secret());
    }

    private static ObjectNode putSecret(ObjectNode node, KeyRecord.Secret secret) {
        return node.put(SHA256, secret.sha256()).put(LAST4, secret.lastFour());
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static KeyLine decode(byte[] bytes, int offset, int length) {
        String damage = Checksum.damage(bytes, offset, length);
        if (damage != null) {
            throw new IllegalArgumentException(damage);
        }
        try {
            JsonNode node = JSON.readTree(bytes, offset, length);
            if (node.path("format").asInt(0) != FORMAT) {
                throw new IllegalArgumentException("it is of another format than " + FORMAT);
            }
            return read(node);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it has a time that is none: " + e.getMessage(), e);
        }
    }

    private static KeyLine read(JsonNode node) {
        String op = text(node, "op");
        Instant at = Instant.parse(text(node, AT));
        return switch (op) {
            case "create" -> {
                requireOnly(node, ID, NAME, ROLE, GRANTS, EXPIRES, SHA256, LAST4);
                String expires = optional(node, EXPIRES);
                yield new KeyLine.Created(
                        at,
                        text(node, ID),
                        text(node, NAME),
                        optional(node, ROLE),
                        grants(node.path(GRANTS)),
                        expires == null ? null : Instant.parse(expires),
                        secret(node));
            }
            case "rotate" -> {
                requireOnly(node, ID, SHA256, LAST4, BEFORE_UNTIL);
                yield new KeyLine.Rotated(at, text(node, ID), secret(node), Instant.parse(text(node, BEFORE_UNTIL)));
            }
            case "revoke" -> {
                requireOnly(node, ID);
                yield new KeyLine.Revoked(at, text(node, ID));
            }
            case "deny" -> {
                requireOnly(node, SUBJECT);
                yield new KeyLine.Denied(at, text(node, SUBJECT));
            }
            default -> throw new IllegalArgumentException("it says \"" + op + "\", which this version does not know");
        };
    }

    private static void requireOnly(JsonNode node, String... members) {
        Set<String> others = new TreeSet<>(node.propertyNames());
        others.removeAll(Set.of("format", "op", AT, "crc"));
        others.removeAll(Set.of(members));
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("it has members that this version does not know: " + others);
        }
    }

    private static List<Grant> grants(JsonNode node) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode grant : array(node)) {
            if (!Set.copyOf(grant.propertyNames()).equals(Set.of(STORES, CAN))) {
                throw new IllegalArgumentException("it has a grant that is not of stores and what can be done there");
            }
            grants.add(Grant.of(texts(grant.path(STORES)), texts(grant.path(CAN))));
        }
        return grants;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array(node)) {
            texts.add(text(each));
        }
        return texts;
    }

    private static JsonNode array(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("it has something else where a list should be");
        }
        return node;
    }

    private static KeyRecord.Secret secret(JsonNode node) {
        return KeyRecord.Secret.of(text(node, SHA256), text(node, LAST4));
    }

    private static @Nullable String optional(JsonNode node, String member) {
        return node.has(member) ? text(node, member) : null;
    }

    private static String text(JsonNode node, String member) {
        return text(node.path(member));
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("it has something else where a text should be, or nothing");
        }
        return node.stringValue();
    }
}
