package retail.inventory.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A feed that contradicts itself is found out. */
class ShelfModelTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final ShelfModel model = new ShelfModel("S/A");

    @BeforeEach
    void fiveUnitsThreeOfThemHeldUntilTen() {
        take("ADJUST", "09:00:00", "", "'delta':5,'qty':5,'held':0,'available':5,'version':1");
        take(
                "HOLD",
                "09:30:00",
                "'holdId':'h1','expiresAt':'2026-11-22T10:00:00.000Z',",
                "'delta':0,'qty':5,'held':3,'available':2,'version':2,'hold':3");
    }

    @Test
    void followsAClaimToItsEnd() {
        boolean had = take(
                "HOLD",
                "10:00:00",
                "'holdId':'h2',",
                "'delta':0,'qty':5,'held':5,'available':0,'version':3,'hold':5,'lapsed':['h1']");
        assertThat(had).isFalse();
        assertThat(take(
                        "CONFIRM",
                        "10:00:01",
                        "'holdId':'h2',",
                        "'delta':-5,'qty':0,'held':0,'available':0,'version':4,'hold':0"))
                .isTrue();
        assertThat(model.qty()).isZero();
        assertThat(model.held()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "versions have no gap | 'delta':1,'qty':6,'held':3,'available':3,'version':4",
                "units on hand add up | 'delta':1,'qty':7,'held':3,'available':4,'version':3",
                "what is held is the sum | 'delta':1,'qty':6,'held':2,'available':4,'version':3",
                "available is what is not held | 'delta':1,'qty':6,'held':3,'available':6,'version':3",
                "never more is held and sold | 'delta':-3,'qty':2,'held':3,'available':-1,'version':3",
                "no hold ends before its end | 'delta':1,'qty':6,'held':0,'available':6,'version':3,'lapsed':['h1']",
                "only what is held can lapse | 'delta':1,'qty':6,'held':3,'available':3,'version':3,'lapsed':['h7']"
            })
    void findsWhatDoesNotFollow(String what, String movement) {
        assertThatThrownBy(() -> take("ADJUST", "09:59:59", "", movement))
                .isInstanceOf(ProofFailedException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("but of S/A with ");
    }

    @Test
    void findsAnEndThatIsWrittenTooSoon() {
        String movement = "'delta':0,'qty':5,'held':0,'available':5,'version':3,'hold':0";
        assertThatThrownBy(() -> take("EXPIRE", "09:59:59", "'holdId':'h1',", movement))
                .hasMessageContaining("no hold ends before its end: h1");
    }

    private boolean take(String type, String at, String hold, String movement) {
        String event = "{'type':'" + type + "','ts':'2026-11-22T" + at + ".000Z'," + hold + "'movements':[{" + movement
                + "}]}";
        JsonNode json = JSON.readTree(event.replace('\'', '"'));
        return model.take(json, json.at("/movements/0"));
    }
}
