package retail.inventory.central;

import static net.logstash.logback.argument.StructuredArguments.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.CrcMember;
import retail.inventory.disk.Disk;
import retail.inventory.disk.DiskBreaker;
import retail.inventory.disk.LineFile;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.stock.StockKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events the central view could not apply, in {@code dead-letter/central.jsonl}: a line when one is kept, another
 * when it is resolved, each with a checksum. The event itself stays in the log, so a letter's id is its sequence. Safe
 * for several threads.
 */
public final class CentralDeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(CentralDeadLetters.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Disk disk;
    private final Path directory;
    private final Path file;
    private final InstantSource clock;
    private final @Nullable DiskBreaker breaker;
    private final ConcurrentNavigableMap<Long, Letter> open = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> resolved = new ConcurrentSkipListMap<>();

    /** The letters in a directory, for who only reads them. */
    CentralDeadLetters(Disk disk, Path directory) {
        this(disk, directory, InstantSource.system(), null);
    }

    CentralDeadLetters(Disk disk, Path directory, InstantSource clock, @Nullable DiskBreaker breaker) {
        this.breaker = breaker;
        this.disk = disk;
        this.directory = directory;
        this.file = directory.resolve("central.jsonl");
        this.clock = clock;
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Letter(
            long id,
            String at,
            String reason,
            Event event,
            @Nullable String place,
            @Nullable String text) {}

    /**
     * A line of the file.
     *
     * @param letter null when the line says that it was resolved
     * @param resolvedAt the view's position when it was
     */
    private record Line(
            long id, @Nullable Letter letter, @Nullable Long resolvedAt) {}

    /**
     * Reads the file, and writes it anew: a line may be there whose force failed, in a process that was killed then; the
     * view goes on behind its event only when no power cut can take it.
     */
    void load() throws IOException {
        byte[] content = load(torn -> LOG.warn("A line of {} cannot be read and is skipped: {}", file, torn));
        if (content.length > 0) {
            disk.replace(file, ByteBuffer.wrap(content));
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
            try {
                Line line = JSON.readValue(text, Line.class);
                if (isDamaged(text)) {
                    unreadable.accept(text);
                } else if (line.letter() == null) {
                    open.remove(line.id());
                    resolved.put(line.id(), line.resolvedAt() == null ? 0 : line.resolvedAt());
                } else {
                    open.put(line.id(), line.letter());
                }
            } catch (JacksonException tornByACrashOrDamaged) {
                unreadable.accept(text);
            }
        }
        return content;
    }

    /** A line without a checksum is one of an earlier version, or by hand. */
    private static boolean isDamaged(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        return text.contains("\"crc\":\"") && CrcMember.damage(line, 0, line.length) != null;
    }

    /** Keeps an event; durable when this returns. One that is here already stays as it is. */
    void keep(Event event, String reason, EventFeed.@Nullable Original original) {
        Letter letter = new Letter(
                event.sequence(),
                clock.instant().toString(),
                reason,
                event,
                original == null ? null : original.place(),
                original == null ? null : original.text());
        if (!open.containsKey(letter.id())) {
            write(new Line(letter.id(), letter, null)); // nobody is shown a letter that a failure takes back
            open.put(letter.id(), letter);
            LOG.warn(
                    "Event {} went to the dead letters: {}",
                    value("sequence", letter.id()),
                    reason,
                    value("storeId", event.storeId()),
                    value("sku", event.sku()));
        }
    }

    /**
     * Takes a letter away for good, because its event is applied.
     *
     * @param position the view's, read after that
     */
    void resolve(long id, long position) {
        write(new Line(id, null, position));
        open.remove(id);
        resolved.put(id, position);
        LOG.info("Dead letter {} is resolved", value("sequence", id));
    }

    /** Letters whose events a snapshot through a sequence has passed, but may lack: they were resolved too late for it. */
    List<Long> resolvedSince(long snapshot) {
        return resolved.entrySet().stream()
                .filter(letter -> letter.getKey() <= snapshot && letter.getValue() >= snapshot)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The first event that a view beginning with a snapshot needs from the log for a letter. */
    long firstNeeded(long snapshot) {
        long first = open.isEmpty() ? Long.MAX_VALUE : open.firstKey();
        return Stream.concat(Stream.of(first), resolvedSince(snapshot).stream())
                .min(Long::compare)
                .orElse(first);
    }

    /** Whether versions of a SKU are missing because their events are here. */
    boolean explain(StockKey key, long fromVersion, long toVersion) {
        long here = open.values().stream()
                .map(Letter::event)
                .filter(event ->
                        event.storeId().equals(key.storeId()) && event.sku().equals(key.sku()))
                .filter(event -> event.resultVersion() >= fromVersion && event.resultVersion() <= toVersion)
                .mapToLong(Event::resultVersion)
                .distinct()
                .count();
        return here == toVersion - fromVersion + 1;
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

    private synchronized void write(Line line) {
        DiskBreaker guard = breaker;
        if (guard == null) {
            throw new AssertionError("these letters are only read");
        }
        try {
            guard.run(() -> append(line));
        } catch (IOException e) {
            throw new UncheckedIOException("the dead letters cannot be written: " + e, e);
        }
    }

    private void append(Line line) throws IOException {
        byte[] text = JSON.writeValueAsBytes(line);
        byte[] sealed = Arrays.copyOf(text, text.length - 1 + CrcMember.BYTES);
        CrcMember.append(sealed, 0, text.length - 1);
        new LineFile(disk, file).add(sealed);
    }
}
