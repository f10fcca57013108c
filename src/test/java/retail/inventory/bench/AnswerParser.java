package retail.inventory.bench;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the HTTP/1.1 answers of one connection from its bytes, as they come. It looks only at what a load generator needs,
 * because what it takes of the machine the service lacks. Not thread-safe.
 */
final class AnswerParser {

    /** An answer to a write has a few hundred bytes. */
    private static final int BYTES_MAX = 8 * 1024;

    private static final int ABSENT = -1;
    /** Where the status stands in {@code HTTP/1.1 200}. */
    private static final int STATUS_AT = 9;

    private static final int STATUS_DIGITS = 3;

    private final byte[] bytes = new byte[BYTES_MAX];
    private int length;
    private int bodyAt = ABSENT;
    private boolean complete;
    private int status;
    private int contentLength;
    private boolean chunked;
    private boolean closes;

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
        from.get(bytes, length, count);
        length += count;
        if (bodyAt == ABSENT) {
            parseHead();
        }
        complete = bodyAt != ABSENT && bodyIsComplete();
        return complete;
    }

    int status() {
        return status;
    }

    /** Whether the connection takes no request after this answer. */
    boolean closes() {
        return closes;
    }

    /** The answer as it came, headers and body. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Does nothing while the headers are incomplete: they nearly always come at once. */
    private void parseHead() throws ProtocolException {
        int firstLineEnd = lineEnd(0);
        int lineEnd = firstLineEnd;
        int at = lineEnd + 2;
        contentLength = ABSENT;
        chunked = false;
        closes = false;
        while (lineEnd != ABSENT) {
            lineEnd = lineEnd(at);
            if (lineEnd == at) {
                status = number(STATUS_AT, STATUS_AT + STATUS_DIGITS, 10);
                bodyAt = at + 2;
                return;
            }
            if (lineEnd != ABSENT) {
                header(at, lineEnd);
                at = lineEnd + 2;
            }
        }
    }

    private void header(int at, int end) throws ProtocolException {
        String length = "content-length: ";
        if (startsWith(length, at, end)) {
            contentLength = number(at + length.length(), end, 10);
        } else if (startsWith("transfer-encoding: chunked", at, end)) {
            chunked = true;
        } else if (startsWith("connection: close", at, end)) {
            closes = true;
        }
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

    /** Compares without regard to case; all characters of the beginning are small letters, spaces, hyphens and colons. */
    private boolean startsWith(String beginning, int at, int end) {
        if (end - at < beginning.length()) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if ((bytes[at + i] | 0x20) != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
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
