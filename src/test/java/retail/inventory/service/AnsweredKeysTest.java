package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The table of answered keys against a map and a queue, however unlucky the hashes are. */
class AnsweredKeysTest {

    private static final long KEYS_MAX = 1_000_000;
    private static final int PARTS = 64;

    /** What is added: a key, or only a time; or nothing, and the oldest goes. */
    record Step(boolean adds, boolean hasKey, KeyHash key, long lives) {}

    private record Entry(KeyHash key, long sequence, long until) {}

    /** A map from keys to their latest entry, and all entries in order. */
    private static final class Model {
        private final Map<KeyHash, Entry> keys = new HashMap<>();
        private final Deque<Entry> entries = new ArrayDeque<>();

        private void add(Entry entry) {
            entries.add(entry);
            if (entry.sequence() != KeyRing.NO_KEY) {
                keys.put(entry.key(), entry);
            }
        }

        private void removeOldest() {
            Entry oldest = entries.remove();
            keys.remove(oldest.key(), oldest);
        }

        private long sequence(KeyHash key, long now) {
            Entry entry = keys.get(key);
            return entry == null || entry.until() <= now ? KeyRing.NO_KEY : entry.sequence();
        }

        private long leastSequence() {
            return entries.stream()
                    .mapToLong(Entry::sequence)
                    .filter(sequence -> sequence != KeyRing.NO_KEY)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    @Property(tries = 300)
    void isAMapAndAQueue(@ForAll("steps") List<Step> steps) {
        AnsweredKeys table = new AnsweredKeys(1, new KeyShares());
        Model model = new Model();
        long now = 0;
        for (Step step : steps) {
            now++;
            if (!step.adds()) {
                if (!model.entries.isEmpty()) {
                    model.removeOldest();
                    table.removeOldest();
                }
            } else if (step.hasKey()) {
                model.add(new Entry(step.key(), now, now + step.lives()));
                table.add(step.key(), now, now + step.lives());
            } else {
                model.add(new Entry(step.key(), KeyRing.NO_KEY, now));
                table.addTime(now);
            }
            assertThat(table.size()).isEqualTo(model.keys.size());
            assertThat(table.sequence(step.key(), now)).isEqualTo(model.sequence(step.key(), now));
        }
        requireSame(table, model, now);
        while (!model.entries.isEmpty()) {
            model.removeOldest();
            table.removeOldest();
            requireSame(table, model, now);
        }
    }

    private static void requireSame(AnsweredKeys table, Model model, long now) {
        assertThat(table.size()).isEqualTo(model.keys.size());
        assertThat(table.entries().size()).isEqualTo(model.entries.size());
        assertThat(table.entries().leastSequence()).isEqualTo(model.leastSequence());
        unluckyKeys().forEach(key -> assertThat(table.sequence(key, now)).isEqualTo(model.sequence(key, now)));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(unluckyKeys()),
                        Arbitraries.longs().between(0, 400))
                .as((kind, key, lives) -> new Step(kind < 7, kind > 0, key, lives))
                .list()
                .ofMinSize(50)
                .ofMaxSize(300);
    }

    /** Most begin in the same few slots, the last ones of the index among them; some are equal in one half. */
    private static List<KeyHash> unluckyKeys() {
        List<KeyHash> keys = new ArrayList<>();
        for (long low : new long[] {0, 1, 6, 7, 15, 31, 63, 64 + 7, 128 + 63, -1}) {
            for (long high = 0; high < 5; high++) {
                keys.add(new KeyHash(high, low));
            }
        }
        return keys;
    }

    @Example
    void growsAndShrinksWithoutLosingAKey() {
        AnsweredKeys table = new AnsweredKeys(KEYS_MAX, new KeyShares());
        int added = 0;
        int removed = 0;
        for (int most : new int[] {50_000, 10, 300_000, 1, 2_000, 0}) {
            while (added - removed < most) {
                added++;
                table.add(hash(added), added, Long.MAX_VALUE);
            }
            while (added - removed > most) {
                removed++;
                table.removeOldest();
            }
            assertThat(table.size()).isEqualTo(most);
            assertThat(table.entries().leastSequence()).isEqualTo(most == 0 ? Long.MAX_VALUE : removed + 1);
            for (int i = 1; i <= added; i++) {
                assertThat(table.sequence(hash(i), 0)).isEqualTo(i > removed ? i : KeyRing.NO_KEY);
            }
        }
    }

    /** Places are kept as 32 bits, which begin anew after four thousand million keys. */
    @Example
    void goesOnWhenTheBitsOfItsPlacesBeginAnew() {
        long before = 3_000;
        KeyRing ring = new KeyRing((1L << 22) - 2);
        AnsweredKeys table = new AnsweredKeys(KEYS_MAX, ring, new KeyShares());
        for (long i = 1; i <= 3 * before; i++) {
            table.add(hash(i), i, Long.MAX_VALUE);
            if (i > before) {
                assertThat(table.sequence(hash(i - before), 0)).isEqualTo(i - before);
                table.removeOldest();
                assertThat(table.sequence(hash(i - before), 0)).isEqualTo(KeyRing.NO_KEY);
            }
        }
        assertThat(ring.end() >>> 32).isEqualTo(1);
        assertThat(ring.leastSequence()).isEqualTo(2 * before + 1);
        assertThat(table.size()).isEqualTo((int) before);
    }

    /** One thread adds and removes, others look up: what is there is found, and nothing else than it. */
    @Example
    void keysThatAreThereAreFoundWhileOthersComeAndGo() throws Exception {
        AnsweredKeys table = new AnsweredKeys(PARTS << 14, new KeyShares());
        AtomicLong added = new AtomicLong();
        AtomicLong removed = new AtomicLong();
        long end = 600_000;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> readers = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                readers.add(threads.submit(() -> {
                    for (long top = added.get(); top < end; top = added.get()) {
                        long key = 1 + random.nextLong(end);
                        long found = table.sequence(hash(key), 0);
                        if (found != key) {
                            assertThat(found).isZero();
                            assertThat(key > top || key <= removed.get())
                                    .as("%s of %s", key, top)
                                    .isTrue();
                        }
                    }
                }));
            }
            SplittableRandom random = new SplittableRandom(7);
            long most = 1;
            for (long key = 1; key <= end; key++) {
                table.add(hash(key), key, Long.MAX_VALUE);
                added.set(key);
                most = key % 20_000 == 0 ? random.nextLong(1, 60_000) : most;
                while (key - removed.get() > most) {
                    removed.incrementAndGet();
                    table.removeOldest();
                }
            }
            for (Future<?> reader : readers) {
                reader.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Good enough to spread keys, and the same each time. */
    private static KeyHash hash(long key) {
        SplittableRandom random = new SplittableRandom(key);
        return new KeyHash(random.nextLong(), random.nextLong());
    }
}
