package retail.inventory.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A stream that never blocks and never fails, in front of one that may do both for ever, such as a pipe that nobody reads. What is written
 * waits in a ring of bytes for a thread that passes it on. When there is no room for a line, it is dropped as a whole and
 * counted; the count is told when lines flow again. Writing allocates nothing, so it works when there is no memory left.
 */
final class BoundedOutput extends OutputStream {

    /** What is passed on at once, so that a slow reader's progress is seen; cut after a line where there is one. */
    private static final int PIECE_MAX = 8192;

    /** Only the thread itself may fill the ring to the brim: the line with the count finds room in a ring that is full. */
    private static final int OWN_ROOM = 2048;

    private static final int TELL = -1;
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OutputStream to;
    private final LongConsumer tell;
    private final byte[] ring;
    private final Thread thread;
    private int head;
    private int size;
    private boolean inLine;
    private boolean dropping;
    private boolean passing;
    private long passingSinceNanos;
    private long dropped;
    private long told;
    private long toldNanos;

    /**
     * A stream before another one, whose thread runs at once.
     *
     * @param name the thread's name
     * @param bytes how much may wait
     * @param tell told how many lines were dropped since it was last told; it may write to this stream
     */
    BoundedOutput(String name, OutputStream to, int bytes, LongConsumer tell) {
        this.to = to;
        this.tell = tell;
        this.ring = new byte[bytes];
        this.toldNanos = System.nanoTime() - TELL_EVERY_NANOS;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Takes all of it or drops it, to the end of the line that it belongs to. */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (dropping && from < end) {
            dropping = bytes[from] != '\n';
            dropped += dropping ? 0 : 1;
            from++;
        }
        if (from == end) {
            return;
        }
        if (end - from > ring.length - size - (Thread.currentThread() == thread ? 1 : OWN_ROOM)) {
            drop(bytes, from, end);
            return;
        }
        int tail = (head + size) % ring.length;
        int first = Math.min(end - from, ring.length - tail);
        System.arraycopy(bytes, from, ring, tail, first);
        System.arraycopy(bytes, from + first, ring, 0, end - from - first);
        size += end - from;
        inLine = bytes[end - 1] != '\n';
        notifyAll();
    }

    private void drop(byte[] bytes, int from, int end) {
        dropped += lines(bytes, from, end);
        dropping = bytes[end - 1] != '\n';
        if (inLine && size < ring.length) { // the beginning of this line is in the ring, or already out: it ends here
            ring[(head + size) % ring.length] = '\n';
            size++;
            inLine = false;
        }
    }

    /** How many lines were dropped, or could not be written. */
    synchronized long dropped() {
        return dropped;
    }

    /** Waits until all is out, though not when the reader has stopped, and not for longer than a time; whether all is out. */
    boolean drain(long nanos) {
        long start = System.nanoTime();
        while (!isEmpty()) {
            if (isStuck() || System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }

    private synchronized boolean isEmpty() {
        return size == 0;
    }

    private synchronized boolean isStuck() {
        return passing && System.nanoTime() - passingSinceNanos > STUCK_NANOS;
    }

    private void run() {
        boolean torn = false;
        boolean flows = false;
        while (true) {
            int from = head; // changed by this thread alone
            int length = next(flows);
            if (length == TELL) {
                tellDropped();
                continue;
            }
            try {
                if (torn) {
                    to.write('\n'); // part of a line may be there
                }
                to.write(ring, from, length);
                to.flush();
                torn = false;
            } catch (IOException | RuntimeException | Error failed) {
                torn = true;
            }
            passed(length, torn);
            flows = !torn;
        }
    }

    /** Waits for something to pass on; how much of it lies in one piece, or {@link #TELL}. */
    private synchronized int next(boolean flows) {
        while (true) {
            long now = System.nanoTime();
            long untilTold = toldNanos + TELL_EVERY_NANOS - now;
            boolean telling = flows && dropped > told;
            if (telling && untilTold <= 0) {
                return TELL;
            }
            if (size > 0) {
                passing = true;
                passingSinceNanos = now;
                return wholeLines(Math.min(size, Math.min(ring.length - head, PIECE_MAX)));
            }
            try {
                wait(telling ? TimeUnit.NANOSECONDS.toMillis(untilTold) + 1 : 0);
            } catch (InterruptedException e) {
                // nobody has a reason to: it goes on
            }
        }
    }

    private int wholeLines(int length) {
        for (int line = length; line > 0; line--) {
            if (ring[head + line - 1] == '\n') {
                return line;
            }
        }
        return length;
    }

    private synchronized void passed(int length, boolean failed) {
        if (failed) {
            dropped += Math.max(1, lines(ring, head, head + length));
        }
        passing = false;
        head = (head + length) % ring.length;
        size -= length;
    }

    private void tellDropped() {
        long count;
        synchronized (this) {
            count = dropped - told;
            told = dropped;
            toldNanos = System.nanoTime();
        }
        try {
            tell.accept(count);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                told -= count;
            }
        }
    }

    private static int lines(byte[] bytes, int from, int end) {
        int lines = 0;
        for (int i = from; i < end; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
