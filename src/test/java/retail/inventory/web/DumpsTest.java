package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How many clients get everything at once. */
class DumpsTest {

    private final Dumps dumps = new Dumps();

    @Test
    void aThirdHasToWaitUntilOneOfTwoIsDone() {
        StalledTransfer first = Objects.requireNonNull(dumps.enter());
        assertThatObject(dumps.enter()).isNotNull();
        assertThatObject(dumps.enter()).isNull();
        dumps.leave(first);
        assertThatObject(dumps.enter()).isNotNull();
        assertThat(first.isCut()).isFalse();
    }
}
