package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A version is the same version behind every proxy that compresses. */
class EntityTagsTest {

    private static final String LOG = "b3f0a1b2-5c1d-4e0f-9a36-7d2c41e5f808";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"7\"",
                "W/\"7\"",
                "\"7-gzip\"",
                "W/\"7-gzip\"",
                "\"7--gzip\"",
                "W/\"7--gzip\"",
                "\"7-br\"",
                "\"7-zstd\"",
                "\"7-deflate\""
            })
    void isTheSameVersionHoweverAProxyChangedIt(String tag) {
        String ofThisLog = tag.replace("7", "7.b3f0a1b2");
        String ofAnother = tag.replace("7", "7.b3f0a1b3");
        assertThat(EntityTags.version(tag)).isEqualTo(new LogPosition(7, null));
        assertThat(EntityTags.version(ofThisLog)).isEqualTo(new LogPosition(7, "b3f0a1b2"));
        for (String same : List.of(tag, ofThisLog)) {
            assertThat(EntityTags.matches(same, EntityTags.of(7, LOG))).as(same).isTrue();
            assertThat(EntityTags.matches(same, EntityTags.weak(7, LOG)))
                    .as(same)
                    .isTrue();
            assertThat(EntityTags.matches(same, EntityTags.of(70, LOG))).isFalse();
        }
        assertThat(EntityTags.matches(ofAnother, EntityTags.of(7, LOG))).isFalse();
        assertThat(EntityTags.matches(tag, EntityTags.of(7, null))).isTrue();
        assertThat(EntityTags.matches(ofThisLog, EntityTags.of(7, null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "*",
                "w/\"7\"",
                "W/7",
                "W/ \"7\"",
                "\"7",
                "7\"",
                "\"07\"",
                "\"-7\"",
                "\"7-\"",
                "\"7-gzi\"",
                "\"7-gzip-gzip\"",
                "\"7gzip\"",
                "\"-gzip\"",
                "\"7\",\"8\"",
                "\"7\" ",
                "\"7-GZIP\"",
                "\"7---gzip\"",
                "\"7 \"",
                "\"x\"",
                "\"7.\"",
                "\"7.b3f0a1b\"",
                "\"7.B3F0A1B2\"",
                "\"7.b3f0a1b2.b3f0a1b2\"",
                "\"99999999999999999\""
            })
    void namesNoVersion(String tag) {
        assertThat(EntityTags.version(tag)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "*|true",
                " * |true",
                "\"6\", \"7\"|true",
                "\"6\",W/\"7-gzip\" , \"8\"|true",
                "\"6,7\",\"7\"|true",
                "\"6\",,\"7\"|true",
                "\"6\", \"8\"|false",
                "\"77\"|false",
                "7|false",
                "\"7|false",
                "''|false"
            })
    void isKnownWhenAListHasIt(String ifNoneMatch, boolean known) {
        assertThat(EntityTags.matches(ifNoneMatch, "\"7\"")).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0a1b-gzip\"", "W/\"0a1b\"", "\"0a1b--gzip\"", "\"0a1b\""})
    void knowsTagsThatAreNoVersions(String ifNoneMatch) {
        assertThat(EntityTags.matches(ifNoneMatch, "\"0a1b\"")).isTrue();
        assertThat(EntityTags.matches(ifNoneMatch, "\"0a1c\"")).isFalse();
    }
}
