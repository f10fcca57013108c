package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is set aside of one SKU, and what a movement makes of it. */
class HoldsTest {

    private static final HeldUnits FIRST = new HeldUnits("z", 1, 100);
    private static final HeldUnits TWIN = new HeldUnits("a", 2, 200);
    private static final HeldUnits SECOND = new HeldUnits("b", 4, 200);
    private static final HeldUnits ENDLESS = new HeldUnits("c", 8, HeldUnits.NO_END);

    private final Holds holds = Holds.of(List.of(ENDLESS, SECOND, FIRST, TWIN));

    @Test
    void areInTheOrderInWhichTheyEnd() {
        assertThat(holds.all()).containsExactly(FIRST, TWIN, SECOND, ENDLESS);
        assertThat(Holds.NONE.with(SECOND).with(ENDLESS).with(TWIN).with(FIRST)).isEqualTo(holds);
        assertThat(holds.total()).isEqualTo(15);
        assertThat(holds.size()).isEqualTo(4);
    }

    @Test
    void endAtTheirEndAndNotBefore() {
        assertThat(holds.live(at(99))).isEqualTo(15);
        assertThat(holds.live(at(100))).isEqualTo(14);
        assertThat(holds.live(at(199))).isEqualTo(14);
        assertThat(holds.live(at(200))).isEqualTo(8);
        assertThat(holds.live(at(Long.MAX_VALUE - 1))).isEqualTo(8);
        assertThat(holds.ended(at(200))).isEqualTo(3);
        assertThat(holds.firstIds(3, "a")).containsExactly("z", "b");
        assertThat(holds.withoutFirst(3)).isEqualTo(Holds.of(List.of(ENDLESS)));
        assertThat(holds.withoutFirst(4)).isSameAs(Holds.NONE);
    }

    @Test
    void changePlacesWithTheirEnd() {
        HeldUnits later = new HeldUnits("z", 3, 300);
        assertThat(holds.with(later).all()).containsExactly(TWIN, SECOND, later, ENDLESS);
        assertThat(holds.with(later).total()).isEqualTo(17);
        assertThat(holds.with(new HeldUnits("z", 0, 300)).all()).containsExactly(TWIN, SECOND, ENDLESS);
        assertThat(holds.with(new HeldUnits("other", 0, 300))).isEqualTo(holds);
        assertThat(holds.find("z")).isEqualTo(FIRST);
        assertThat(holds.find("y")).isNull();
        HeldUnits twin = new HeldUnits("BB", 1, 250);
        Holds both = holds.with(twin).with(new HeldUnits("Aa", 2, 220));
        assertThat(both.find("BB")).isEqualTo(twin);
        assertThat(both.withoutFirst(3).find("BB")).isEqualTo(twin);
        assertThat(both.with(new HeldUnits("Aa", 0, 220))).isEqualTo(holds.with(twin));
        assertThat(holds.all()).as("unchanged").containsExactly(FIRST, TWIN, SECOND, ENDLESS);
    }

    /** Many are kept in another way than few; whatever is done to them, they are what a plain list would be. */
    @Test
    void manyAreLikeFew() {
        for (int seed = 0; seed < 20; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Map<String, HeldUnits> plain = new HashMap<>();
            Holds many = Holds.NONE;
            int most = random.nextInt(20, 400);
            for (int i = 0; i < 3_000; i++) {
                String id = "h" + random.nextInt(most);
                HeldUnits units = new HeldUnits(id, random.nextInt(3), random.nextInt(most / 4));
                plain.put(id, units);
                many = many.with(units);
                if (random.nextInt(200) == 0) {
                    int count = random.nextInt(many.size() + 1);
                    List<String> gone = many.firstIds(count, "");
                    plain.keySet().removeAll(gone);
                    Holds left = many.withoutFirst(count);
                    many = many.after(new HoldChange(left.total(), null, gone), true);
                    assertThat(left).isEqualTo(many);
                    assertThat(gone).allMatch(one -> left.find(one) == null);
                    assertThat(left.all()).allMatch(one -> one.equals(left.find(one.holdId())));
                }
                plain.values().removeIf(one -> one.qty() == 0);
                assertThat(many.find(id)).isEqualTo(plain.get(id));
            }
            assertThat(many).isEqualTo(Holds.of(List.copyOf(plain.values())));
            assertThat(many.all())
                    .containsExactlyInAnyOrderElementsOf(plain.values())
                    .isSortedAccordingTo(
                            Comparator.comparingLong(HeldUnits::endsMs).thenComparing(HeldUnits::holdId));
        }
    }

    @Test
    void aMovementThatFollowsHasToAddUp() {
        HoldChange right = new HoldChange(12, new HeldUnits("b", 2, 400), List.of("z"));
        assertThat(holds.after(right, true)).isEqualTo(Holds.of(List.of(ENDLESS, TWIN, new HeldUnits("b", 2, 400))));
        assertThat(holds.after(right, true).total()).isEqualTo(12);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> holds.after(new HoldChange(13, null, List.of("z")), true))
                .withMessageContaining("14 units");
        assertThatIllegalArgumentException().isThrownBy(() -> holds.after(null, true));
        assertThat(Holds.NONE.after(null, true)).isSameAs(Holds.NONE);
    }

    /** After lost events nobody knows whose units they are, but how many there are is known. */
    @Test
    void whatIsNotAccountedForIsHeldAllTheSame() {
        Holds more = holds.after(new HoldChange(20, null, List.of()), false);
        assertThat(more.total()).isEqualTo(20);
        assertThat(more.find("z")).isEqualTo(FIRST);
        Holds fewer = holds.after(new HoldChange(3, FIRST, List.of()), false);
        assertThat(fewer.total()).isEqualTo(3);
        assertThat(fewer.live(at(Long.MAX_VALUE - 1))).as("for good").isEqualTo(3);
        assertThat(holds.after(null, false)).isEqualTo(Holds.NONE);
        Holds told = more.after(new HoldChange(20, new HeldUnits("lost", 5, 900), List.of()), true);
        assertThat(told).isEqualTo(holds.with(new HeldUnits("lost", 5, 900)));
    }

    private static Instant at(long ms) {
        return Instant.ofEpochMilli(ms);
    }
}
