package retail.inventory.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExampleJsonTest {

    private static final String EXAMPLE = "{\"sku\":\"A\",\"at\":\"10:00\",\"stores\":[{\"qty\":5,\"lagMs\":1}]}";

    @Test
    void timesMayDiffer() {
        assertThat(difference("{\"sku\":\"A\",\"at\":\"11:00\",\"stores\":[{\"qty\":5,\"lagMs\":7}]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "{\"sku\":\"B\",\"at\":\"10:00\",\"stores\":[{\"qty\":5,\"lagMs\":1}]};/sku",
                "{\"sku\":\"A\",\"at\":\"10:00\",\"stores\":[{\"qty\":6,\"lagMs\":1}]};/stores/0/qty",
                "{\"sku\":\"A\",\"at\":\"10:00\",\"stores\":[]};/stores has 0",
                "{\"sku\":\"A\",\"at\":\"10:00\",\"stores\":5};/stores is 5",
                "{\"sku\":\"A\",\"stores\":[{\"qty\":5,\"lagMs\":1}]}; has [sku, stores]",
                "{\"at\":\"10:00\",\"sku\":\"A\",\"stores\":[{\"qty\":5,\"lagMs\":1}]}; has [at, sku",
            })
    void anythingElseIsADifference(String answer, String difference) {
        assertThat(difference(answer)).contains(difference.strip());
    }

    @Test
    void answerIsFoundBehindHeaders() {
        assertThat(json("HTTP/1.1 200\r\nETag: \"2\"\r\n\r\n{\"a\":1}").toString())
                .isEqualTo("{\"a\":1}");
        assertThat(ExampleJson.in("HTTP/1.1 200")).isNull();
        assertThat(ExampleJson.in("{\"a\":")).isNull();
    }

    private static String difference(String answer) {
        return ExampleJson.difference(json(EXAMPLE), json(answer));
    }

    private static JsonNode json(String printed) {
        return requireNonNull(ExampleJson.in(printed));
    }
}
