package retail.inventory.simulation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.Submitter;

/** A log at whose door others may go on: callers come to it with a SKU locked, its answers change what they see. */
record SteppedLog(EventLog log) implements EventLog {

    @Override
    public void append(Event event, Submitter submitter) {
        SeededScheduler.point();
        log.append(event, new Stepped(submitter));
        SeededScheduler.point();
    }

    private record Stepped(Submitter submitter) implements Submitter {

        @Override
        public boolean stands() {
            SeededScheduler.point();
            return submitter.stands();
        }

        @Override
        public void undo() {
            SeededScheduler.point();
            submitter.undo();
        }

        @Override
        public void accept(Appended outcome) {
            SeededScheduler.point();
            submitter.accept(outcome);
        }
    }

    @Override
    public Recovered open(long after, Duration keysLive, Consumer<Event> reader) {
        return log.open(after, keysLive, reader);
    }

    @Override
    public void release(long through, Duration young, LongConsumer pace) {
        log.release(through, young, pace);
    }

    @Override
    public long durableSequence() {
        return log.durableSequence();
    }

    @Override
    public LogStatus status() {
        return log.status();
    }

    @Override
    public void close() {
        log.close();
    }
}
