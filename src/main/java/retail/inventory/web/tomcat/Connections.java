package retail.inventory.web.tomcat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import retail.inventory.web.StalledTransfer;

/**
 * The connections of a connector. Tomcat's own limits are for each read, so a byte now and then goes around them; here a head
 * and a body have so much time in all; and when there are as many connections as may be, those that only take up room make way,
 * never one that is being worked on. Safe for use by several threads.
 */
final class Connections {

    /** For the whole head of a request, from its first byte. */
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** For the rest of a request, and for a client that reads nothing before its place may be given to another. */
    private static final long TRANSFER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** This part of all makes way at a time, so that all of them are looked at seldom. */
    private static final int BATCH_PART = 16;

    /**
     * One that has been silent for less may be about to send something, and goes only when such as it hold more than half
     * of the places; otherwise the others' threads are at work, and those whose place is needed have been told.
     */
    private static final long NEWCOMER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many may be on their way out at once, for which their threads need a moment. */
    private static final int LEAVING_PART = 4;

    /** Silent connections are newcomers when they are few, and go last; when they are more than this part, they are a flood. */
    private static final int CROWD_PART = 8;

    private final Supplier<Collection<SocketWrapperBase<NioChannel>>> open;
    private final LongSupplier keepAliveMs;
    private final ClosedConnections closed;

    /** Bodies that a thread has said it waits for. */
    private final Map<SocketWrapperBase<NioChannel>, StalledTransfer> bodies = new ConcurrentHashMap<>();

    /** What the sweep has found waiting: bodies that nobody but Tomcat reads, to throw them away, and answers. */
    private final Map<SocketWrapperBase<NioChannel>, StalledTransfer> found = new ConcurrentHashMap<>();

    /** In which order they make way. */
    private enum Rank {
        UNFINISHED,
        NOT_READING,
        IDLE,
        NEWCOMER
    }

    private record Candidate(
            SocketWrapperBase<NioChannel> socket,
            ConnectionState doing,
            Rank rank,
            @Nullable StalledTransfer stalled,
            String address,
            long ageNanos) {}

    /**
     * The connections of a connector.
     *
     * @param open all there are
     * @param keepAliveMs how long idle ones are kept
     * @param closed is told of each that is closed here
     */
    Connections(
            Supplier<Collection<SocketWrapperBase<NioChannel>>> open,
            LongSupplier keepAliveMs,
            ClosedConnections closed) {
        this.open = open;
        this.keepAliveMs = keepAliveMs;
        this.closed = closed;
    }

    /** A thread begins to wait for a body. */
    public StalledTransfer awaitBody(SocketWrapperBase<NioChannel> socket) {
        StalledTransfer body = new StalledTransfer(socket.getSocket().getIOChannel(), true, System.nanoTime());
        bodies.put(socket, body);
        return body;
    }

    /** It no longer does. */
    public void bodyIsHere(SocketWrapperBase<NioChannel> socket) {
        StalledTransfer body = bodies.remove(socket);
        if (body != null) {
            body.end();
        }
    }

    /** Bodies that are long in coming make way for others. */
    public void relieve() {
        long now = System.nanoTime();
        bodies.values().stream()
                .sorted(Comparator.comparingLong(body -> body.sinceNanos() - now))
                .limit(BATCH_PART)
                .filter(body -> body.cut(StalledTransfer.Cut.ROOM_NEEDED))
                .forEach(body -> closed.forRoom(ConnectionState.UNFINISHED_BODY));
    }

    /** Ends what has had its time; called several times a second, with the time of {@link System#nanoTime}. */
    void sweep(long now) {
        for (SocketWrapperBase<NioChannel> socket : open.get()) {
            ConnectionState doing = doing(socket);
            if (doing != ConnectionState.UNFINISHED_BODY && doing != ConnectionState.NOT_READING) {
                found.remove(socket);
            }
            if (doing == ConnectionState.UNFINISHED_HEAD
                    && doing.ageNanos(socket, now) > HEAD_NANOS
                    && doing.close(socket)) {
                closed.late(doing);
            } else if (doing == ConnectionState.UNFINISHED_BODY) {
                StalledTransfer body = bodies.get(socket);
                if (body == null) {
                    body = found(socket, true, now);
                }
                if (now - body.sinceNanos() > TRANSFER_NANOS && body.cut(StalledTransfer.Cut.TOO_SLOW)) {
                    closed.late(doing);
                }
            } else if (doing == ConnectionState.NOT_READING) {
                found(socket, false, now);
            }
        }
        found.keySet().removeIf(SocketWrapperBase::isClosed);
        bodies.keySet().removeIf(SocketWrapperBase::isClosed);
        closed.tell();
    }

    private StalledTransfer found(SocketWrapperBase<NioChannel> socket, boolean reading, long now) {
        return found.compute(
                socket,
                (key, before) -> before != null && before.isReading() == reading
                        ? before
                        : new StalledTransfer(socket.getSocket().getIOChannel(), reading, now));
    }

    /**
     * Closes some that only take up room: first those of clients that have most of their kind, of these the oldest.
     *
     * @param max how many connections there may be
     * @return how many places there are now; those of requests that are answered first come a little later
     */
    int makeWay(int max) {
        int most = Math.max(1, max / BATCH_PART);
        int mostLeaving = Math.max(1, max / LEAVING_PART);
        int made = 0;
        int leaving = 0;
        boolean newcomersFillIt = silent() > max / 2;
        for (Candidate candidate : candidates(max)) {
            boolean newcomer = candidate.doing == ConnectionState.SILENT && candidate.ageNanos < NEWCOMER_NANOS;
            boolean spared = newcomer && (made + leaving > 0 || !newcomersFillIt);
            if (made >= most || leaving >= mostLeaving || spared) {
                break;
            }
            StalledTransfer stalled = candidate.stalled;
            if (stalled != null) {
                leaving++;
                if (stalled.cut(StalledTransfer.Cut.ROOM_NEEDED)) {
                    closed.forRoom(candidate.doing);
                }
            } else if (leaving == 0 && candidate.doing.close(candidate.socket)) {
                made++;
                closed.forRoom(candidate.doing);
            } else if (candidate.rank == Rank.UNFINISHED) {
                leaving++; // or something else just now: others need not go instead
            }
        }
        return made;
    }

    private List<Candidate> candidates(int max) {
        long now = System.nanoTime();
        List<Candidate> candidates = new ArrayList<>();
        Map<Rank, Map<String, Integer>> crowds = new EnumMap<>(Rank.class);
        Rank ofSilent = silent() > max / CROWD_PART ? Rank.UNFINISHED : Rank.NEWCOMER;
        for (SocketWrapperBase<NioChannel> socket : open.get()) {
            ConnectionState doing = doing(socket);
            StalledTransfer stalled = stalled(socket, doing);
            boolean inWork = doing.isServed() && stalled == null;
            boolean mayYetRead = stalled != null && !stalled.isReading() && now - stalled.sinceNanos() < TRANSFER_NANOS;
            if (inWork || mayYetRead) {
                continue;
            }
            Rank rank = switch (doing) {
                case SILENT -> ofSilent;
                case NOT_READING -> Rank.NOT_READING;
                case IDLE -> Rank.IDLE;
                default -> Rank.UNFINISHED;
            };
            String address = String.valueOf(socket.getRemoteAddr());
            crowds.computeIfAbsent(rank, each -> new HashMap<>()).merge(address, 1, Integer::sum);
            long age = stalled == null ? doing.ageNanos(socket, now) : now - stalled.sinceNanos();
            candidates.add(new Candidate(socket, doing, rank, stalled, address, age));
        }
        candidates.sort(Comparator.comparing(Candidate::rank)
                .thenComparingInt(
                        each -> -crowds.getOrDefault(each.rank, Map.of()).getOrDefault(each.address, 0))
                .thenComparing(Candidate::doing)
                .thenComparingLong(each -> -each.ageNanos));
        return candidates;
    }

    private int silent() {
        int silent = 0;
        for (SocketWrapperBase<NioChannel> socket : open.get()) {
            silent += doing(socket) == ConnectionState.SILENT ? 1 : 0;
        }
        return silent;
    }

    private @Nullable StalledTransfer stalled(SocketWrapperBase<NioChannel> socket, ConnectionState doing) {
        StalledTransfer body = doing == ConnectionState.UNFINISHED_BODY ? bodies.get(socket) : null;
        return body == null && doing.isServed() ? found.get(socket) : body;
    }

    private ConnectionState doing(SocketWrapperBase<NioChannel> socket) {
        return ConnectionState.now(socket, keepAliveMs.getAsLong());
    }
}
