package retail.inventory.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import retail.inventory.lab.Outcomes.Second;

class BackToNormalTest {

    private static final double P99_MAX = 20;
    private static final Second NORMAL = new Second(0, OptionalDouble.of(20));
    private static final Second SLOW = new Second(0, OptionalDouble.of(20.1));
    private static final Second REJECTING = new Second(1, OptionalDouble.of(1));
    private static final Second SILENT = new Second(0, OptionalDouble.empty());

    @Test
    void isOverWhenEverySecondFromThenOnIsNormal() {
        assertThat(OverloadTargets.backToNormalAfter(List.of(SLOW, NORMAL, REJECTING, NORMAL, NORMAL), P99_MAX))
                .hasValue(3);
    }

    @Test
    void isOverAtOnceWhenAllIsNormal() {
        assertThat(OverloadTargets.backToNormalAfter(List.of(NORMAL, NORMAL), P99_MAX))
                .hasValue(0);
    }

    @Test
    void isNotOverWhileTheLastSecondIsNotNormal() {
        for (Second last : List.of(SLOW, REJECTING, SILENT)) {
            assertThat(OverloadTargets.backToNormalAfter(List.of(NORMAL, last), P99_MAX))
                    .isEmpty();
        }
    }
}
