package retail.inventory.journal;

import java.util.concurrent.locks.ReentrantLock;

/** A lock that is held inside of {@code try (Gate _ = gate.entered())}. */
final class Gate extends ReentrantLock implements AutoCloseable {

    private static final long serialVersionUID = 1;

    Gate entered() {
        lock();
        return this;
    }

    @Override
    public void close() {
        unlock();
    }
}
