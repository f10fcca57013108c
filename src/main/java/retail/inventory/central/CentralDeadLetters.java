package retail.inventory.central;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.DiskBreaker;
import retail.inventory.files.Disk;
import retail.inventory.files.LineFile;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/**
 * The events the central view could not apply, in {@code dead-letter/central.jsonl}: a line when one is kept, another
 * when it is resolved, each with a checksum. The event itself stays in the log, so a letter's id is its sequence. There are
 * only so many: a view that lacks thousands of events is none, and each of them waits for the same thing. Safe for several
 * threads.
 */
public final class CentralDeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(CentralDeadLetters.class);

    /** The file of the letters. */
    static final String NAME = "central.jsonl";

    /** So many letters at most. */
    static final int COUNT_MAX = 10_000;

    /** So many bytes of letters at most, about. */
    static final long BYTES_MAX = 16L << 20;

    private static final long BYTES_BESIDE_TEXTS = 500;

    private final Disk disk;
    private final Path directory;
    private final Path file;
    private final InstantSource clock;
    private final @Nullable DiskBreaker breaker;
    private final ConcurrentNavigableMap<Long, Letter> open = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> resolved = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile LetterLog log = LetterLog.ANY;

    /** The letters in a directory, for who only reads them. */
    CentralDeadLetters(Disk disk, Path directory) {
        this(disk, directory, InstantSource.system(), null);
    }

    CentralDeadLetters(Disk disk, Path directory, InstantSource clock, @Nullable DiskBreaker breaker) {
        this.breaker = breaker;
        this.disk = disk;
        this.directory = directory;
        this.file = directory.resolve(NAME);
        this.clock = clock;
    }

    /** Letters of another log are left alone from now on; new ones say that they are of this one. */
    void belongTo(EventFeed feed) {
        log = new LetterLog(feed);
    }

    /**
     * An event that could not be applied.
     *
     * @param id the event's sequence
     * @param at when it was put here, ISO 8601
     * @param reason why
     * @param event what was understood of it
     * @param place where the log has it
     * @param text the event exactly as the log has it; null when the log could not tell
     */
    public record Letter(
            long id,
            String at,
            String reason,
            Event event,
            @Nullable String place,
            @Nullable String text) {

        private long bytes() {
            return BYTES_BESIDE_TEXTS + reason.length() + (text == null ? 0 : text.length());
        }
    }

    /**
     * Reads the file, and writes it anew: a line may be there whose force failed, in a process that was killed then; the
     * view goes on behind its event only when no power cut can take it. The letters that were resolved are left out then, but
     * for the lines that say so.
     */
    void load() throws IOException {
        byte[] content = load(torn -> LOG.warn("A line of {} cannot be read and is skipped: {}", file, torn));
        if (content.length > 0) {
            disk.replace(file, ByteBuffer.wrap(resolved.isEmpty() ? content : LetterLine.withoutResolved(content)));
            disk.syncDirectory(directory);
        }
    }

    /** Reads the file as it is, and hands over each line that cannot be read: a crash has torn it, or it is damaged. */
    byte[] load(Consumer<String> unreadable) throws IOException {
        byte[] content;
        try {
            content = disk.read(file);
        } catch (NoSuchFileException absent) {
            return new byte[0];
        }
        for (String text : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            if (text.isEmpty()) {
                continue;
            }
            LetterLine line = LetterLine.read(text);
            if (line == null) {
                unreadable.accept(text);
                continue;
            }
            CentralFiles.requireKnown(line.format() == null ? 1 : line.format(), file);
            if (!log.has(line)) {
                LOG.warn("A line of {} is of another log and is skipped: {}", file, text);
            } else if (line.letter() == null) {
                close(line.id(), line.resolvedAt() == null ? 0 : line.resolvedAt());
            } else {
                open(line.letter().letter());
            }
        }
        return content;
    }

    private void open(Letter letter) {
        Letter before = open.put(letter.id(), letter);
        bytes.addAndGet(letter.bytes() - (before == null ? 0 : before.bytes()));
    }

    private void close(long id, long position) {
        Letter before = open.remove(id);
        bytes.addAndGet(before == null ? 0 : -before.bytes());
        resolved.put(id, position);
    }

    /**
     * Keeps an event; durable when this returns. One that is here already stays as it is.
     *
     * @throws DeadLettersFullException when there are too many: nothing is lost, for the log has the event
     */
    void keep(Event event, String reason, EventFeed.@Nullable Original original) {
        Letter letter = new Letter(
                event.sequence(),
                clock.instant().toString(),
                reason,
                event,
                original == null ? null : original.place(),
                original == null ? null : original.text());
        if (!open.containsKey(letter.id())) {
            if (open.size() >= COUNT_MAX || bytes.get() + letter.bytes() > BYTES_MAX) {
                throw new DeadLettersFullException(open.size(), letter.id(), reason);
            }
            write(LetterLine.kept(letter)); // nobody is shown a letter that a failure takes back
            open(letter);
            LOG.warn(
                    "Event {} went to the dead letters: {}",
                    value("sequence", letter.id()),
                    reason,
                    value("storeId", event.movements().get(0).key().storeId()),
                    value("sku", event.movements().get(0).key().sku()));
        }
    }

    /**
     * Takes a letter away for good, because its event is applied.
     *
     * @param position the view's, read after that
     */
    void resolve(long id, long position) {
        write(LetterLine.resolved(id, position));
        close(id, position);
        LOG.info("Dead letter {} is resolved", value("sequence", id));
    }

    /** What of the log they need now. */
    LetterNeeds needs() {
        return new LetterNeeds(open.isEmpty() ? Long.MAX_VALUE : open.firstKey(), resolved);
    }

    /** Whether versions of a SKU are missing because their events are here. */
    boolean explain(StockKey key, long fromVersion, long toVersion) {
        long here = open.values().stream()
                .mapToLong(letter -> version(letter.event(), key))
                .filter(version -> version >= fromVersion && version <= toVersion)
                .distinct()
                .count();
        return here == toVersion - fromVersion + 1;
    }

    /** The version to which an event brought a SKU; 0 = it is not about that. */
    private static long version(Event event, StockKey key) {
        Movements movements = event.movements();
        for (int i = 0; i < movements.size(); i++) {
            if (movements.get(i).key().equals(key)) {
                return movements.get(i).version();
            }
        }
        return 0;
    }

    /** The letter with an id; null when there is none. */
    public @Nullable Letter find(long id) {
        return open.get(id);
    }

    /** How many there are. */
    public int size() {
        return open.size();
    }

    /** Some letters in order of sequence, behind an id. */
    public List<Letter> page(long after, int limit) {
        Collection<Letter> later = open.tailMap(after, false).values();
        return later.stream().limit(limit).toList();
    }

    private synchronized void write(LetterLine line) {
        DiskBreaker guard = breaker;
        if (guard == null) {
            throw new AssertionError("these letters are only read");
        }
        try {
            guard.run(() -> new LineFile(disk, file).add(line.of(log.id()).encode()));
        } catch (IOException e) {
            throw new UncheckedIOException("the dead letters cannot be written: " + e, e);
        }
    }
}
