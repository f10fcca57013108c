package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy that compresses, and so changes entity tags, clients change and read conditionally as without it. */
class ChangedTagsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @ParameterizedTest
    @ValueSource(strings = {"\"%d\"", "W/\"%d\"", "\"%d-gzip\"", "\"%d--gzip\"", "W/\"%d-gzip\""})
    void changesAndReadsByTheTagOfAProxy(String form) {
        long version = SERVICE.adjust("S1", "A", 5).number("version");

        Reply fast = SERVICE.adjust("S1", "A", 1, "If-Match", form.formatted(version));
        Reply slow = SERVICE.reserve(
                "S1", "A", 1, "If-Match", form.formatted(version + 1), "Accept", "application/json;q=0.9");
        Reply old = SERVICE.reserve("S1", "A", 1, "If-Match", form.formatted(version));
        Reply known = SERVICE.read("S1", "A", "If-None-Match", form.formatted(version + 2));
        Reply other = SERVICE.read("S1", "A", "If-None-Match", form.formatted(version + 1));

        assertThat(fast.status()).isEqualTo(200);
        assertThat(slow.status()).isEqualTo(200);
        assertThat(old.isProblem("version-conflict")).isTrue();
        assertThat(known.status()).isEqualTo(304);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.number("version")).isEqualTo(version + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/central/skus/B",
                "/central/stores/S2",
                "/central/inventory",
                "/openapi.yaml",
                "/docs/index.html"
            })
    void knowsTheCopyAndTheDocumentsByThemToo(String path) {
        SERVICE.adjust("S2", "B", 5);
        SERVICE.post("/sync", "");
        String tag = String.valueOf(SERVICE.get(path).header("etag"));

        for (String form : new String[] {tag, tag.replaceFirst("\"$", "-gzip\""), "\"x\", " + tag, "*"}) {
            assertThat(SERVICE.get(path, "If-None-Match", form).status())
                    .as(form)
                    .isEqualTo(304);
        }
        assertThat(SERVICE.get(path, "If-None-Match", "\"x\"").status()).isEqualTo(200);
    }
}
