package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is long comes compressed to who can read that; what is short, or comes bit by bit, does not. */
class CompressedAnswersTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void stock() {
        for (int i = 0; i < 150; i++) {
            SERVICE.adjust("LONG", "SKU" + i, 1);
        }
        SERVICE.adjust("SHORT", "A", 1);
        SERVICE.post("/sync", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stores/LONG/inventory",
                "/stores/LONG/inventory?limit=1000",
                "/api/inventory/stores/LONG/inventory?limit=50",
                "/central/stores/LONG",
                "/central/inventory",
                "/events?limit=1000"
            })
    void compressesWhatIsLong(String path) throws Exception {
        HttpResponse<byte[]> plain = get(path, "identity");
        HttpResponse<byte[]> packed = get(path, "gzip, deflate, br");

        assertThat(plain.body()).hasSizeGreaterThan(4096);
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.body().length / 3);
        for (HttpResponse<byte[]> each : List.of(plain, packed)) {
            assertThat(String.join(",", each.headers().allValues("vary")).toLowerCase(Locale.ROOT))
                    .contains("accept-encoding");
        }
        // Central answers say how old they are, which moves on.
        if (!path.startsWith("/central")) {
            assertThat(unpacked(packed)).isEqualTo(plain.body());
        }
    }

    @Test
    void knowsItsTagsWhenItCompresses() throws Exception {
        String tag =
                get("/central/inventory", "gzip").headers().firstValue("etag").orElseThrow();

        assertThat(SERVICE.get("/central/inventory", "If-None-Match", tag, "Accept-Encoding", "gzip")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stores/SHORT/inventory",
                "/stores/SHORT/inventory/A",
                "/health/readiness",
                "/stores/NONE/inventory",
                "/events?limit=1"
            })
    void leavesWhatIsShort(String path) throws Exception {
        HttpResponse<byte[]> reply = get(path, "gzip");

        assertThat(reply.headers().firstValue("content-encoding")).isEmpty();
        assertThat(reply.body()).hasSizeLessThan(4096);
    }

    @Test
    void leavesStreams() throws Exception {
        try (EventStream stream = EventStream.open(SERVICE, "/events?after=0", "Accept-Encoding", "gzip")) {
            assertThat(stream.next()).isEqualTo(1);
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            return in.readAllBytes();
        }
    }

    private static HttpResponse<byte[]> get(String path, String accepted) throws Exception {
        int port;
        try (Socket socket = SERVICE.connect()) {
            port = socket.getPort();
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Accept-Encoding", accepted)
                    .build();
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }
}
