package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A version is the same version behind every proxy that compresses. */
class EntityTagsTest {

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
        assertThat(EntityTags.version(tag)).isEqualTo(7);
        assertThat(EntityTags.matches(tag, EntityTags.of(7))).isTrue();
        assertThat(EntityTags.matches(tag, EntityTags.weak(7))).isTrue();
        assertThat(EntityTags.matches(tag, EntityTags.of(70))).isFalse();
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
