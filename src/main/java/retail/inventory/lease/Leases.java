package retail.inventory.lease;

/** Which of several processes on one directory may decide and write, for now. Safe for use by several threads. */
public interface Leases {

    /** For a process that is alone: costs nothing. */
    Leases NONE = new Leases() {

        private static final Lease ALWAYS = () -> {
            // nobody waits for it
        };

        @Override
        public Lease take(Runnable waits) {
            return ALWAYS;
        }
    };

    /**
     * Waits until this process has the lease, in its turn among the processes. All threads of this process share it. A thread
     * that uses it already must not take it again: it would wait for itself when the turn is over.
     *
     * @param waits told before this thread waits, which it does unless the process has the lease already
     * @throws LeaseRefusedException when it cannot be had in time, or the directory of leases fails
     */
    Lease take(Runnable waits);

    /** How many threads of this process use it now, or are just being let in; 0 when that does not matter. */
    default int users() {
        return 0;
    }

    /** One thread's use of the lease. */
    @FunctionalInterface
    interface Lease extends AutoCloseable {

        /** Ends this use, once. */
        @Override
        void close();
    }
}
