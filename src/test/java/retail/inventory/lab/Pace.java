package retail.inventory.lab;

import java.util.concurrent.TimeUnit;

/** When the requests of a load are due, and on how many connections at most they go out. */
public sealed interface Pace {

    /**
     * When a request is due, in nanoseconds after the start of the load.
     *
     * @param number of the request, from 0
     * @param elapsedNanos since the start of the load until now
     */
    long dueNanos(long number, long elapsedNanos);

    int connectionsMax();

    /** At a fixed rate, whatever becomes of the requests before. */
    record Open(int perSecond, int connectionsMax) implements Pace {
        @Override
        public long dueNanos(long number, long elapsedNanos) {
            // In two parts, as the nanoseconds of a long load times its rate would not fit.
            long wholeSeconds = number / perSecond;
            return TimeUnit.SECONDS.toNanos(wholeSeconds)
                    + number % perSecond * TimeUnit.SECONDS.toNanos(1) / perSecond;
        }
    }

    /** Always now: as many requests as there are connections, each followed by the next as soon as it is answered. */
    record Closed(int connectionsMax) implements Pace {
        @Override
        public long dueNanos(long number, long elapsedNanos) {
            return elapsedNanos;
        }
    }
}
