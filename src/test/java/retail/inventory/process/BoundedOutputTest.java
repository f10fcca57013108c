package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever prints goes on, whatever becomes of what is printed; what is dropped is whole lines, counted and told. */
class BoundedOutputTest {

    private static final int ROOM = 8192;
    private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** What a person sees, who may look away (nothing is taken, and who writes waits) or be gone (nothing can be written). */
    private static final class Terminal extends OutputStream {
        private final Semaphore looks = new Semaphore(0);
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private volatile boolean gone;
        private volatile boolean waiting;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (gone) {
                seen.write(bytes, offset, length / 2); // as a disk that is full in the middle
                throw new IOException("Broken pipe");
            }
            waiting = true;
            looks.acquireUninterruptibly();
            looks.release();
            waiting = false;
            seen.write(bytes, offset, length);
        }

        List<String> lines() {
            return seen.toString(StandardCharsets.US_ASCII).lines().toList();
        }
    }

    private final Terminal terminal = new Terminal();
    private final Queue<Long> told = new ConcurrentLinkedQueue<>();
    private final BoundedOutput output = new BoundedOutput("test-output", terminal, ROOM, told::add);
    private final PrintStream out = new PrintStream(output, false, StandardCharsets.US_ASCII);

    @Test
    void whatIsPrintedComesOutInOrder() {
        terminal.looks.release();
        IntStream.range(0, 5000).forEach(i -> {
            out.println("line " + i);
            if (i % 100 == 0) {
                assertThat(output.drain(A_MINUTE)).isTrue();
            }
        });
        assertThat(output.drain(A_MINUTE)).isTrue();
        assertThat(terminal.lines())
                .isEqualTo(IntStream.range(0, 5000).mapToObj(i -> "line " + i).toList());
        assertThat(output.dropped()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void linesThatNobodyReadsAreDroppedAsAWholeCountedAndToldOnce() {
        String text = "x".repeat(90);
        for (int i = 0; i < 1000; i++) {
            out.println(i + text);
        }
        long dropped = output.dropped();
        assertThat(dropped).isBetween(900L, 999L);
        terminal.looks.release();
        await().until(() -> !told.isEmpty());
        assertThat(output.drain(A_MINUTE)).isTrue();
        assertThat(terminal.lines())
                .as("the oldest ones, each whole")
                .isEqualTo(IntStream.range(0, 1000 - (int) dropped)
                        .mapToObj(i -> i + text)
                        .toList());
        out.println("goes on");
        assertThat(output.drain(A_MINUTE)).isTrue();
        assertThat(terminal.lines()).last().isEqualTo("goes on");
        assertThat(told).containsExactly(dropped);
    }

    @Test
    void aLineThatIsLongerThanTheRoomIsDroppedToItsEnd() {
        terminal.looks.release();
        out.println("before");
        out.println("y".repeat(3 * ROOM)); // a PrintStream passes it on in pieces
        out.println("after");
        assertThat(output.drain(A_MINUTE)).isTrue();
        await().until(() -> !told.isEmpty());
        assertThat(terminal.lines()).first().isEqualTo("before");
        assertThat(terminal.lines()).last().isEqualTo("after");
        assertThat(terminal.lines().subList(1, terminal.lines().size() - 1))
                .as("its beginning at most")
                .hasSizeLessThan(2);
        assertThat(output.dropped()).isEqualTo(1);
    }

    @Test
    void linesThatCannotBeWrittenAreCountedAndTheNextOneBeginsALine() {
        terminal.looks.release();
        terminal.gone = true;
        out.println("one that cannot be written");
        await().until(() -> output.dropped() == 1);
        terminal.gone = false;
        out.println("the next");
        await().until(() -> !told.isEmpty());
        assertThat(told).containsExactly(1L);
        assertThat(terminal.lines()).contains("the next");
    }

    @Test
    void theEndDoesNotWaitForWhoHasStoppedReading() {
        out.println("a line");
        await().until(() -> terminal.waiting);
        assertThat(output.drain(A_MINUTE)).isFalse();
        terminal.looks.release();
        await().until(() -> output.drain(A_MINUTE));
        assertThat(terminal.lines()).containsExactly("a line");
    }

    @Test
    void threadsThatPrintAtTheSameTimeDoNotMixTheirLines() {
        terminal.looks.release();
        String text = "z".repeat(50);
        IntStream.range(0, 4000).parallel().forEach(i -> out.println(text));
        assertThat(output.drain(A_MINUTE)).isTrue();
        await().until(() -> told.stream().mapToLong(count -> count).sum() == output.dropped());
        assertThat(terminal.lines()).containsOnly(text).hasSize(4000 - (int) output.dropped());
    }
}
