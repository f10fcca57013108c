package retail.inventory.journal.file;

import java.io.IOException;

/** Where the log's thread puts what was queued: the end of a log of its own, or of one that other processes write too. */
sealed interface LogEnd permits OwnEnd, SharedEnd {

    /** Does something with the end of the log while nobody else writes there, and with all that is durable known. */
    void atEnd(Work work) throws IOException;

    /** Does something while nothing is taken in that others wrote. */
    void undisturbed(Runnable work);

    /** Makes the lines of events durable, inside {@link #atEnd}. */
    void commit(LineEncoder lines, long first, long last) throws IOException;

    /** Begins a segment after a failure ({@link SegmentWriter#probe}), inside {@link #atEnd}. */
    void probe(long first) throws IOException;

    /** Ends the use by this process ({@link SegmentWriter#close}). */
    void close() throws IOException;

    /** What is done there. */
    interface Work {
        void run() throws IOException;
    }
}
