package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Event ids as RFC 9562 has them: sorted by time, told apart by chance. */
class EventIdsTest {

    private static final long AT_MS = 1_700_000_000_123L;

    @Test
    void areOfVersionSevenAndBeginWithTheirTime() {
        for (int i = 0; i < 1000; i++) {
            UUID id = EventIds.UNIQUE.next(AT_MS);
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(AT_MS);
        }
    }

    @Test
    void sortByTime() {
        assertThat(EventIds.UNIQUE.next(AT_MS).toString())
                .isLessThan(EventIds.UNIQUE.next(AT_MS + 1).toString());
    }

    @Test
    void differInBothHalves() {
        Set<Long> high = new HashSet<>();
        Set<Long> low = new HashSet<>();
        long someBits = 0;
        for (int i = 0; i < 1000; i++) {
            UUID id = EventIds.UNIQUE.next(AT_MS);
            high.add(id.getMostSignificantBits());
            low.add(id.getLeastSignificantBits());
            someBits |= id.getLeastSignificantBits();
        }
        assertThat(high).as("twelve random bits").hasSizeGreaterThan(500);
        assertThat(low).as("sixty-two random bits").hasSize(1000);
        assertThat(someBits).isEqualTo(0xbfff_ffff_ffff_ffffL);
    }
}
