package retail.inventory.sweep;

import java.util.List;
import java.util.SplittableRandom;

/** What a seed decides; the same again for the same seed. */
final class Choice {

    private final SplittableRandom random;

    Choice(long seed) {
        // One step mixes neighbouring seeds well enough that their requests have nothing in common.
        random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    String of(String... several) {
        return several[random.nextInt(several.length)];
    }

    /** Bytes as characters, controls among them. */
    String rubbish(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length) + 1; i > 0; i--) {
            text.append((char) (oneIn(3) ? random.nextInt(256) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    /** Characters that a line may have: nothing that ends it. */
    String printable(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length) + 1; i > 0; i--) {
            text.append((char) (oneIn(8) ? 0xA0 + random.nextInt(96) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
