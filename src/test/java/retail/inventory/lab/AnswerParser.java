package retail.inventory.lab;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the HTTP/1.1 answers of one connection from its bytes, as they come. It looks only at what a load generator needs,
 * because what it takes of the machine the service lacks; the rest is read when somebody asks for it. Not thread-safe.
 */
final class AnswerParser {

    /** An answer to a write has a few hundred bytes, the whole central view has megabytes. */
    private static final int BYTES_AT_FIRST = 8 * 1024;

    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final int ABSENT = -1;
    /** Where the status stands in {@code HTTP/1.1 200}. */
    private static final int STATUS_AT = 9;

    private static final int STATUS_DIGITS = 3;
    private static final String CONTENT_LENGTH = "\r\ncontent-length: ";

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int length;
    private int bodyAt = ABSENT;
    private boolean complete;
    /** In small letters. */
    private String head = "";

    private int status;
    private int contentLength;
    private boolean chunked;

    /** Takes bytes; true when they complete the answer. The call after that begins the next answer. */
    boolean accept(ByteBuffer from) throws ProtocolException {
        if (complete) {
            length = 0;
            bodyAt = ABSENT;
        }
        int count = from.remaining();
        if (length + count > BYTES_MAX) {
            throw new ProtocolException("an answer beyond " + BYTES_MAX + " bytes");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        from.get(bytes, length, count);
        length += count;
        if (bodyAt == ABSENT) {
            parseHead();
            if (bodyAt == ABSENT && length > BYTES_AT_FIRST) {
                throw new ProtocolException("headers beyond " + BYTES_AT_FIRST + " bytes");
            }
        }
        complete = bodyAt != ABSENT && bodyIsComplete();
        return complete;
    }

    /** Whether all headers are there, perhaps without their body. */
    boolean hasHead() {
        return bodyAt != ABSENT;
    }

    int status() {
        return status;
    }

    /** The answer, which is complete. */
    Answer answer() throws ProtocolException {
        Map<String, String> headers = new HashMap<>();
        String[] lines = new String(bytes, 0, bodyAt, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + lines[i]);
            }
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String body = chunked
                ? new String(takeChunks(), StandardCharsets.UTF_8)
                : new String(bytes, bodyAt, contentLength, StandardCharsets.UTF_8);
        return new Answer(status, headers, body);
    }

    /** Takes the chunks that have come whole out of the body, which goes on behind them. */
    byte[] takeChunks() throws ProtocolException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream(length);
        int at = bodyAt;
        for (int lineEnd = lineEnd(at); lineEnd != ABSENT; lineEnd = lineEnd(at)) {
            int size = number(at, lineEnd, 16);
            int next = lineEnd + 2 + size + 2;
            if (next > length) {
                break;
            }
            taken.write(bytes, lineEnd + 2, size);
            at = next;
        }
        System.arraycopy(bytes, at, bytes, bodyAt, length - at);
        length -= at - bodyAt;
        return taken.toByteArray();
    }

    /** Whether the connection takes no request after this answer. */
    boolean closes() {
        return head.contains("\r\nconnection: close\r\n");
    }

    /** The answer as it came, headers and body. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Does nothing while the headers are incomplete: they nearly always come at once. */
    private void parseHead() throws ProtocolException {
        int at = 0;
        int lineEnd = lineEnd(at);
        while (lineEnd > at) {
            at = lineEnd + 2;
            lineEnd = lineEnd(at);
        }
        if (lineEnd == ABSENT) {
            return;
        }
        bodyAt = lineEnd + 2;
        head = new String(bytes, 0, bodyAt, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        status = number(STATUS_AT, STATUS_AT + STATUS_DIGITS, 10);
        chunked = head.contains("\r\ntransfer-encoding: chunked\r\n");
        int lengthAt = head.indexOf(CONTENT_LENGTH);
        int from = lengthAt + CONTENT_LENGTH.length();
        contentLength = lengthAt == ABSENT ? ABSENT : number(from, head.indexOf("\r", from), 10);
    }

    private boolean bodyIsComplete() throws ProtocolException {
        if (chunked) {
            return chunksAreComplete();
        }
        if (contentLength == ABSENT) {
            throw new ProtocolException("an answer of unknown length");
        }
        return endsAt(bodyAt + contentLength);
    }

    private boolean chunksAreComplete() throws ProtocolException {
        int at = bodyAt;
        for (int lineEnd = lineEnd(at); lineEnd != ABSENT; lineEnd = lineEnd(at)) {
            int size = number(at, lineEnd, 16);
            at = lineEnd + 2 + size + 2;
            if (size == 0) {
                return endsAt(at); // The service sends no trailers.
            }
            if (at > length) {
                return false;
            }
        }
        return false;
    }

    private boolean endsAt(int end) throws ProtocolException {
        if (length > end) {
            throw new ProtocolException("more bytes than those of one answer");
        }
        return length == end;
    }

    /** Where the line ends that begins somewhere, or {@link #ABSENT}. */
    private int lineEnd(int from) {
        for (int i = from; i < length - 1; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return ABSENT;
    }

    private int number(int from, int to, int radix) throws ProtocolException {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes[i], radix);
            if (digit < 0 || number > BYTES_MAX) {
                throw new ProtocolException("no number where one is expected: " + text());
            }
            number = number * radix + digit;
        }
        return number;
    }
}
