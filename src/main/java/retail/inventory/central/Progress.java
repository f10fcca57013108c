package retail.inventory.central;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sequence up to which the view has everything, for who reads it and who waits for it. */
final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private volatile long sequence;

    long sequence() {
        return sequence;
    }

    void reach(long now) {
        sequence = now;
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** False when it is not there in time. */
    boolean await(long wanted, long timeoutMs) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        lock.lockInterruptibly();
        try {
            while (sequence < wanted && nanos > 0) {
                nanos = advanced.awaitNanos(nanos);
            }
            return sequence >= wanted;
        } finally {
            lock.unlock();
        }
    }
}
