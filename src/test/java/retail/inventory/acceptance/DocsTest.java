package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the interface, and the page that shows it, come from the service itself and from nowhere else. */
class DocsTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|url)[=:] ?\"([^\"]+)\"");

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/api/openapi.yaml"})
    void servesTheDescriptionAsItIs(String path) throws IOException {
        Reply reply = SERVICE.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/yaml");
        assertThat(reply.body()).isEqualTo(Files.readString(Path.of("openapi.yaml")));
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, /docs/index.html",
        "/docs/, /docs/index.html",
        "/api/docs, /api/docs/index.html",
        "/api/docs/, /api/docs/index.html"
    })
    void leadsToThePage(String path, String page) {
        Reply reply = SERVICE.get(path);

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).doesNotStartWith("/").doesNotContain(":");
        assertThat(URI.create(path).resolve(Objects.requireNonNull(reply.header("location"))))
                .hasToString(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/api/docs/"})
    void servesAllThatThePageNeedsAndForbidsItTheRest(String docs) {
        Reply page = SERVICE.get(docs + "index.html", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");

        List<String> needed = references(page.body());
        assertThat(needed).contains("swagger-ui-bundle.js", "swagger-ui.css", "initializer.js");
        for (String one : needed) {
            assertThat(SERVICE.get(docs + one).status()).as(one).isEqualTo(200);
        }
        assertThat(SERVICE.get(docs + "swagger-ui.css").header("content-type")).isEqualTo("text/css;charset=UTF-8");

        Matcher description = Pattern.compile("url: new URL\\(\"([^\"]+)\", location.href\\)")
                .matcher(SERVICE.get(docs + "initializer.js").body());
        assertThat(description.find()).isTrue();
        assertThat(SERVICE.get(URI.create(docs + "index.html")
                                .resolve(description.group(1))
                                .getPath())
                        .body())
                .startsWith("openapi:");
    }

    /** The description leads there; a link of it is relative to the description itself. */
    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/api/openapi.yaml"})
    void servesThePageOfProblemsThatTheDescriptionLeadsTo(String description) {
        Matcher link = Pattern.compile("(?m)^externalDocs:\n.*\n  url: (\\S+)$")
                .matcher(SERVICE.get(description).body());
        assertThat(link.find()).isTrue();
        String page = URI.create(description).resolve(link.group(1)).getPath();

        Reply reply = SERVICE.get(page);

        assertThat(reply.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(reply.body()).contains("insufficient-stock");
        for (String one : references(reply.body())) {
            assertThat(SERVICE.get(URI.create(page).resolve(one).getPath()).status())
                    .as(one)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/docs/index.html", "/docs/swagger-ui-bundle.js"})
    void isAskedForAgainCheaply(String path) {
        Reply first = SERVICE.get(path);
        String tag = Objects.requireNonNull(first.header("etag"));
        Reply again = SERVICE.get(path, "If-None-Match", tag);

        assertThat(first.header("cache-control")).isEqualTo("no-cache");
        // All files in the jar have the time of the same day: nobody may judge by it whether one has changed.
        assertThat(first.header("last-modified")).isNull();
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(SERVICE.get(path, "If-None-Match", "\"another\"").status()).isEqualTo(200);
    }

    /** Each range would cost a copy of a part, and who asks for a hundred would get a hundred. */
    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/docs/swagger-ui-bundle.js"})
    void sendsAFileInOnePieceWhateverRangesAreAskedFor(String path) {
        String whole = SERVICE.get(path).body();
        String hundred = "bytes=" + "0-13000,".repeat(100) + "1-2";
        for (String range : List.of(hundred, "bytes=0-0", "bytes=99999999-", "bytes=x", "lines=1-2", "")) {
            Reply reply = SERVICE.get(path, "Range", range);

            assertThat(reply.status()).as(range).isEqualTo(200);
            assertThat(reply.header("accept-ranges")).isEqualTo("none");
            assertThat(reply.header("content-range")).isNull();
            assertThat(reply.body()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "deflate,gzip", "gzip;q=1.0, identity;q=0"})
    void sendsGzippedToWhoTakesIt(String accepted) throws IOException {
        Reply plain = SERVICE.get("/openapi.yaml");
        HttpResponse<byte[]> gzipped = bytes("/openapi.yaml", accepted);

        assertThat(gzipped.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(gzipped.headers().firstValue("vary")).contains("Accept-Encoding");
        assertThat(gzipped.headers().firstValueAsLong("content-length")).hasValue(gzipped.body().length);
        assertThat(gzipped.body().length).isLessThan(plain.body().length() / 4);
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(gzipped.body()))) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain.body());
        }
        String tag = gzipped.headers().firstValue("etag").orElseThrow();
        assertThat(tag).isNotEqualTo(plain.header("etag"));
        assertThat(SERVICE.get("/openapi.yaml", "Accept-Encoding", accepted, "If-None-Match", "W/" + tag)
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.000", "br", "x-gzip", "gzip2"})
    void sendsPlainToWhoDoesNot(String accepted) {
        Reply reply = SERVICE.get("/openapi.yaml", "Accept-Encoding", accepted);

        assertThat(reply.header("content-encoding")).isNull();
        assertThat(reply.header("vary")).contains("Accept-Encoding");
        assertThat(reply.body()).startsWith("openapi:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/docs/index.html"})
    void answersHeadWithTheSameHeadersAndNoBody(String path) {
        Reply get = SERVICE.get(path);
        Reply head = SERVICE.send("HEAD", path, null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String header : List.of("etag", "content-type", "content-length", "cache-control")) {
            assertThat(head.header(header)).as(header).isNotNull().isEqualTo(get.header(header));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/nothing",
                "/docs/swagger-initializer.js",
                "/docs/openapi.yaml",
                "/docs/application.yaml",
                "/docs/a/b",
                "/docs/index.html/",
                "/docs/..%5Capplication.yaml",
                "/webjars/swagger-ui/swagger-ui.css",
                "/openapi.yaml/x",
                "/openapi.json"
            })
    void hasNothingElse(String path) {
        Reply reply = SERVICE.get(path);

        assertThat(reply.status()).as(reply.toString()).isIn(400, 404);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.text("type")).matches("urn:inventory:problem:(no-such-route|invalid-request)");
    }

    @Test
    void refusesOtherMethods() {
        for (String path : List.of("/openapi.yaml", "/docs", "/docs/index.html")) {
            Reply reply = SERVICE.post(path, "{}");

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.isProblem("method-not-allowed")).isTrue();
        }
    }

    private static HttpResponse<byte[]> bytes(String path, String acceptEncoding) throws IOException {
        try (Socket socket = SERVICE.connect();
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + socket.getPort() + path);
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Accept-Encoding", acceptEncoding)
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> references(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
