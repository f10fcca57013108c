package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerParserTest {

    private static final String SIZED = "HTTP/1.1 409 \r\nETag: \"5\"\r\ncontent-length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n3\r\nabc\r\n0\r\n\r\n";

    private final AnswerParser parser = new AnswerParser();

    @Test
    void readsAnAnswerThatComesAtOnce() throws ProtocolException {
        assertThat(parser.accept(bytes(SIZED))).isTrue();
        assertThat(parser.status()).isEqualTo(409);
        assertThat(parser.closes()).isFalse();
        assertThat(parser.text()).isEqualTo(SIZED);
    }

    @Test
    void readsAnswersThatComeByteByByte() throws ProtocolException {
        for (String answer : new String[] {CHUNKED, SIZED, CHUNKED}) {
            for (int i = 0; i < answer.length(); i++) {
                boolean complete = parser.accept(bytes(answer.substring(i, i + 1)));
                assertThat(complete).as("after byte %d", i).isEqualTo(i == answer.length() - 1);
            }
            assertThat(parser.text()).isEqualTo(answer);
        }
        assertThat(parser.status()).isEqualTo(200);
    }

    @Test
    void saysForEachAnswerWhetherTheConnectionCloses() throws ProtocolException {
        parser.accept(bytes("HTTP/1.1 503 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        assertThat(parser.closes()).isTrue();
        parser.accept(bytes(SIZED));
        assertThat(parser.closes()).isFalse();
    }

    @Test
    void refusesWhatIsNoSingleAnswer() {
        refuses("HTTP/1.1 200 \r\n\r\n", "unknown length");
        refuses(SIZED + "H", "more bytes than those of one answer");
        refuses(CHUNKED + "H", "more bytes than those of one answer");
        refuses("HTTP/1.1 2x0 \r\nContent-Length: 0\r\n\r\n", "no number");
        refuses("HTTP/1.1 200 \r\nContent-Length: 99999999999\r\n\r\n", "no number");
        refuses("HTTP/1.1 200 \r\nX: " + "x".repeat(10_000), "beyond 8192 bytes");
    }

    private static void refuses(String answer, String why) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> new AnswerParser().accept(bytes(answer)))
                .withMessageContaining(why);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
