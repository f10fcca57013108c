package retail.inventory.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableBoundsTest {

    private static final long MIB = 1 << 20;

    @Test
    void theHeapDecidesWhatIsNotSet() {
        assertThat(TableBounds.of(0, 100_000, 512 * MIB)).isEqualTo(new TableBounds(262_144, 100_000));
        assertThat(TableBounds.of(0, 100_000, 256 * MIB)).isEqualTo(new TableBounds(131_072, 65_536));
        assertThat(TableBounds.of(7, 100_000, 4096 * MIB)).isEqualTo(new TableBounds(7, 100_000));
    }

    @Test
    void warnsFromFourFifthsOn() {
        TableBounds bounds = new TableBounds(1000, 10);
        assertThat(bounds.near(799, 7)).isEmpty();
        assertThat(bounds.near(800, 7)).containsOnlyKeys("skus");
        assertThat(bounds.near(800, 8)).containsOnlyKeys("skus", "stores");
        assertThat(TableBounds.NONE.near(Long.MAX_VALUE / 200, 1_000_000)).isEmpty();
    }
}
