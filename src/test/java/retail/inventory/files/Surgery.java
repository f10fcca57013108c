package retail.inventory.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a bad sector, a bad cable or a careless hand makes of a file. Each method tells how many cases there were. */
public final class Surgery {

    private static final Logger LOG = LoggerFactory.getLogger(Surgery.class);

    private Surgery() {}

    /** What to do with a file that was damaged. */
    public interface Examination {
        /** Called with what was done, in words, and the bytes that are left. */
        void of(String damage, byte[] bytes) throws IOException;
    }

    /** Flips every bit, one at a time. */
    public static int everyBit(byte[] whole, Examination examination) throws IOException {
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            examination.of("bit " + bit % 8 + " of byte " + bit / 8, flipped);
        }
        return whole.length * 8;
    }

    /** Cuts at every byte, so that something is missing at the end. */
    public static int everyCut(byte[] whole, Examination examination) throws IOException {
        for (int length = 0; length < whole.length; length++) {
            examination.of("cut at byte " + length, Arrays.copyOf(whole, length));
        }
        return whole.length;
    }

    /** Drops every line, doubles it and swaps it with the next one that is not the same. */
    public static int everyLine(byte[] whole, Examination examination) throws IOException {
        List<byte[]> lines = lines(whole);
        int cases = 0;
        for (int i = 0; i < lines.size(); i++) {
            List<byte[]> dropped = new ArrayList<>(lines);
            dropped.remove(i);
            examination.of("line " + i + " dropped", join(dropped));
            List<byte[]> doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            examination.of("line " + i + " doubled", join(doubled));
            cases += 2;
            if (i + 1 < lines.size() && !Arrays.equals(lines.get(i), lines.get(i + 1))) {
                List<byte[]> swapped = new ArrayList<>(lines);
                swapped.set(i, lines.get(i + 1));
                swapped.set(i + 1, lines.get(i));
                examination.of("line " + i + " swapped with the next", join(swapped));
                cases++;
            }
        }
        return cases;
    }

    /** Says how many cases there were, none of which did harm. */
    public static void report(String what, int cases) {
        if (cases == 0) {
            throw new AssertionError("no " + what);
        }
        LOG.info("{}: {} of {} without harm", what, cases, cases);
    }

    /** Lines, each with its line end; the last one perhaps without. */
    public static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n' || i == content.length - 1) {
                lines.add(Arrays.copyOfRange(content, start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }

    /** Lines as one file. */
    public static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
