package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The name of a SKU's lease is that of a file. */
class LeaseNameTest {

    @Test
    void isTheSkuWhereThatCanBeTheNameOfAFile() {
        assertThat(Leases.name("S1", "SKU 1:2")).isEqualTo("S1~SKU 1:2");
    }

    @Test
    void isAnotherOneForEachSku() {
        List<String> skus = List.of(
                "../../x", "a/b", "a\\b", "~", "~~a", "\u65e5".repeat(64), "\ud83d\udc55".repeat(63), "*", "A\"B");
        Stream<String> names = skus.stream().map(sku -> Leases.name("S1", sku));

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("S1~~[0-9a-f]{64}"));
    }
}
