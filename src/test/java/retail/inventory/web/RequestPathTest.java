package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A path is split as it came and decoded once. */
class RequestPathTest {

    @Example
    void isSplitBeforeItIsDecoded() {
        assertThat(segments("/")).containsExactly("");
        assertThat(segments("/a")).containsExactly("a");
        assertThat(segments("/a/b/")).containsExactly("a", "b", "");
        assertThat(segments("/a%2Fb/c%2fd")).containsExactly("a/b", "c/d");
        assertThat(segments("/%252F")).containsExactly("%2F");
        assertThat(segments("/a+b%2B")).containsExactly("a+b+");
        assertThat(segments("/%3B%5C%C3%A4%F0%9F%91%95")).containsExactly(";\\\u00e4\ud83d\udc55");
        assertThat(segments("/...")).containsExactly("...");
        assertThat(segments("/a".repeat(64))).hasSize(64).containsOnly("a");
    }

    @Example
    void isRefusedWhenItCanBeReadInTwoWays() {
        for (String raw : List.of(
                "//",
                "//a",
                "/a//b",
                "/.",
                "/..",
                "/a/./b",
                "/a/../b",
                "/%2e",
                "/%2E%2e/a",
                "/.%2e",
                "/a;b",
                "/a;b=c/d",
                "/;",
                "a",
                "*",
                "",
                "/a".repeat(65))) {
            assertThat(RequestPath.parse(raw).fault()).as(raw).startsWith("The path must ");
            assertThat(RequestPath.parse(raw).size()).as(raw).isZero();
        }
        assertThat(RequestPath.parse(null).fault()).isNotNull();
    }

    @Example
    void isRefusedWhenItCannotBeDecoded() {
        for (String segment : List.of(
                "%",
                "%4",
                "a%",
                "%zz",
                "%4z",
                "%+4",
                "%00",
                "a%00b",
                "%ff",
                "%C3",
                "%C3%28",
                "%C0%AF",
                "%E0%80%AF",
                "%C1%81",
                "%ED%A0%80",
                "%F4%90%80%80",
                "%F5%80%80%80",
                "%E2%82")) {
            assertThat(RequestPath.parse("/a/" + segment + "/b").fault())
                    .as(segment)
                    .contains("percent-encoded");
        }
    }

    @Example
    void knowsWhatIsBelowWhatBehindEitherPrefix() {
        RequestPath health = RequestPath.parse("/health/liveness");
        assertThat(health.isOrIsBelow("/metrics", "/health")).isTrue();
        assertThat(health.isOrIsBelow("/health/liveness")).isTrue();
        assertThat(health.isOrIsBelow("/health/liveness/x")).isFalse();
        assertThat(RequestPath.parse("/api/health").isOrIsBelow("/health")).isTrue();
        assertThat(RequestPath.parse("/api/api/health").isOrIsBelow("/health")).isFalse();
        assertThat(RequestPath.parse("/healthy").isOrIsBelow("/health")).isFalse();
        assertThat(RequestPath.parse("/health%2Fliveness").isOrIsBelow("/health"))
                .isFalse();
        assertThat(RequestPath.parse("/%68ealth").isOrIsBelow("/health")).isTrue();
        assertThat(RequestPath.parse("/api/events").is("/events")).isTrue();
        assertThat(RequestPath.parse("/events/").is("/events")).isFalse();
        assertThat(RequestPath.parse("/central/stores/S1").isBelow("/central/stores"))
                .isTrue();
        assertThat(RequestPath.parse("/central/stores").isBelow("/central/stores"))
                .isFalse();
        assertThat(RequestPath.parse("/central/stores/S1/x").isBelow("/central/stores"))
                .isFalse();
        assertThat(RequestPath.parse("/").isRoot()).isTrue();
        assertThat(RequestPath.parse("/x").isRoot()).isFalse();
    }

    @Property
    void saysOfEachSegmentWhetherItCameAsItIs(@ForAll("texts") List<String> texts) {
        RequestPath path = RequestPath.parse(path(texts));

        IntStream.range(0, texts.size())
                .forEach(i -> assertThat(path.isPlain(i))
                        .isEqualTo(RequestPath.encoded(texts.get(i)).equals(texts.get(i))));
    }

    @Property
    void readsWhatWasEncoded(@ForAll("texts") List<String> texts) {
        assertThat(segments(path(texts))).isEqualTo(texts);
    }

    /** No two paths are one, but for what is encoded without need. */
    @Property(tries = 3000)
    void hasOneSpellingButForEncodingWithoutNeed(@ForAll("raw") String raw) {
        RequestPath path = RequestPath.parse("/" + raw);
        if (path.fault() == null) {
            List<String> again = segments(path("/", segments("/" + raw)));
            assertThat(again).isEqualTo(segments("/" + raw));
            assertThat(String.join("\u0000", again).chars().filter(c -> c == 0).count())
                    .as("slashes as they came")
                    .isEqualTo(raw.chars().filter(c -> c == '/').count());
        }
    }

    private static String path(List<String> texts) {
        return path("/", texts);
    }

    private static String path(String start, List<String> texts) {
        return start + String.join("/", texts.stream().map(RequestPath::encoded).toList());
    }

    private static List<String> segments(String raw) {
        RequestPath path = RequestPath.parse(raw);
        assertThat(path.fault()).as(raw).isNull();
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            segments.add(path.segment(i));
        }
        return segments;
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars("aA9/%;. +\\\"\u00e4\u65e5:")
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(text -> !text.equals(".") && !text.equals(".."))
                .filter(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> raw() {
        return Arbitraries.of("a", "/", ".", "%", "2", "F", "%2F", "%2e", "%C3%A4", "%C3", "%25", ";", "+")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
