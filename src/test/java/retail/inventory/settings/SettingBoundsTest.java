package retail.inventory.settings;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingBoundsTest {

    private static ValidatorFactory factory;

    private static Validator validator;

    private record Settings(
            @Milliseconds(min = 100, max = 3_600_000) long timeoutMs,

            @WholeNumber(min = 1, max = 2000, what = "a whole number of lines")
            int lines,

            @Nullable @WholeNumber(min = 0, max = 10, message = "must be from {min} (never) to {max}, or nothing")
            Integer times) {}

    @BeforeAll
    static void open() {
        factory = Validation.buildDefaultValidatorFactory();
        validator = factory.getValidator();
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    @Test
    void boundsAreIncludedAndNothingIsNotANumber() {
        assertThat(validator.validate(new Settings(100, 1, 0))).isEmpty();
        assertThat(validator.validate(new Settings(3_600_000, 2000, 10))).isEmpty();
        assertThat(validator.validate(new Settings(500, 20, null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    99        | 1    | 0  | must be a whole number of milliseconds from 100 to 3600000
                    3600001   | 1    | 0  | must be a whole number of milliseconds from 100 to 3600000
                    100       | 0    | 0  | must be a whole number of lines from 1 to 2000
                    100       | 2001 | 0  | must be a whole number of lines from 1 to 2000
                    100       | 1    | -1 | must be from 0 (never) to 10, or nothing
                    100       | 1    | 11 | must be from 0 (never) to 10, or nothing
                    """)
    void oneSentenceSaysWhatIsAllowed(long timeoutMs, int lines, int times, String message) {
        assertThat(validator.validate(new Settings(timeoutMs, lines, times)))
                .extracting(ConstraintViolation::getMessage)
                .containsExactly(message);
    }
}
