/**
 * The log as files: JSON lines in segments, group commit by one thread, repair at start. Enter through
 * {@link retail.inventory.journal.EventLog}, or to follow through {@link retail.inventory.journal.EventFeed}.
 *
 * <h2>Byte format</h2>
 *
 * <p>{@code wal/<first sequence, 20 digits>.jsonl} is a segment: a header, then one event per line, UTF-8, ended by
 * {@code \n}, in sequence order without gap:
 *
 * <pre>{@code
 * {"logId":"ab63…","format":2,"first":42,"continues":["c07d…"],"ts":"+999999999-12-31T23:59:59Z","crc":"83997199"}
 * {"sequence":42,"durable":41,"eventId":"0199…","ts":"2026-11-22T10:00:00.123Z","type":"RESERVE",
 *  "payload":{"storeId":"STORE001","sku":"SKU123","qty":5,"expectedVersion":7},
 *  "result":{"qty":12,"version":8},"key":"…","request":"…",
 *  "traceId":"0af7651916cd43dd8448eb211c80319c","crc":"9f3a01c2"}
 * }</pre>
 *
 * <p>Of the header:
 *
 * <ul>
 *   <li>{@code logId}: which history wrote the segment, as in {@code wal/identity}.
 *   <li>{@code format}: 2. A version that meets a higher number stops with a sentence and changes nothing. Every format's
 *       header begins with {@code {"logId":"} and has this member and {@code crc}. Segments of format 1 have no header; they are
 *       read, come before all others, and nothing is written into them.
 *   <li>{@code first}: the sequence in the file's name.
 *   <li>{@code continues}, only when the segment before is of another history: the ids of those that end here. A log is in
 *       order when each segment has the id of the one before it or continues it.
 *   <li>{@code ts} says nothing. Programs of format 1 fail at a time that is so late, whatever they are doing with the line;
 *       without it they would take a header for a torn line and cut it off with the events behind it.
 * </ul>
 *
 * <p>Of the other lines:
 *
 * <ul>
 *   <li>{@code crc}, always last: CRC-32C (RFC 3720, appendix B.4) of the line's bytes before {@code ,"crc"}, 8 hex
 *       digits.
 *   <li>{@code durable}, on the first line of every batch: the sequence that was durable when the line was written. It
 *       proves that what comes before was acknowledged.
 *   <li>{@code payload}: what was asked for; of an ADJUST of one SKU {@code delta}, of a RESERVE {@code qty}. Then what the
 *       client said of it, as far as it did: {@code reason}, {@code reference}, {@code actor}, {@code occurredAt}.
 *   <li>Every other event has {@code "movements":[{"storeId":"S1","sku":"A","delta":-2,"result":{"qty":3,"version":8}},…]} in
 *       place of {@code result}, in the order of keys: what it did to each SKU.
 *   <li>{@code result} is all that is so afterwards: a member that a reader does not know would be lost, so it refuses the line.
 *       The quantity must be that of the version before and the delta ({@link
 *       retail.inventory.stock.StockRules#evolve}); a line with a right checksum and a wrong sum is damage.
 *   <li>{@code by}: whoever was allowed to, when it is not {@code local}.
 *   <li>{@code expectedVersion}, {@code key} and {@code request} only when the request had them.
 *   <li>{@code traceId} (W3C Trace Context: 32 hex digits) only when the request had a trace. It is for those who look for
 *       the request behind an event; nothing rests on it, and one that is not right is skipped.
 *   <li>A line of type QUARANTINED has no payload and stands for an event that was lost to damage.
 *   <li>Members a reader does not know are skipped.
 * </ul>
 *
 * <p>{@code wal/durable} holds the latest durable sequence and its checksum as text. It is written after each force but
 * forced only at a clean stop, so it is a lower bound: exact after a killed process, perhaps older after a power cut.
 *
 * <p>{@code wal/identity} says which history the log tells now: {@link retail.inventory.journal.file.LogIdentity}. It counts
 * when the last segment has the same id; otherwise, or without it, a start begins another history with a new segment, which
 * continues what is there.
 *
 * <p>{@code wal/keys} holds the first sequence whose idempotency key lived when it was written, likewise
 * ({@link retail.inventory.journal.file.KeysMark}). It is a help for the next start and never forced.
 *
 * <h2>Room</h2>
 *
 * <p>Behind the lines of the segment that is written come line feeds, 256 KiB at most and not past the 64 MiB: room for lines
 * to come, so that a force of these changes neither the file's length nor its blocks and takes about half the time. Line
 * feeds up to the end of the file are no lines. Line feeds with anything behind them are one damaged line. A stop cuts
 * the room off, a crash leaves it. Processes that share a log go on in the room that another made, and leave it at a stop.
 *
 * <h2>Roll-over and void events</h2>
 *
 * <p>A new segment begins when the current one has reached 64 MiB, when a write or force failed, and when a start found
 * a tail that is not proven durable. It begins at durable sequence + 1. <em>An event in a segment at or past the next
 * segment's first sequence is void:</em> readers stop there, whatever the bytes after it are.
 *
 * <h2>Several processes</h2>
 *
 * <p>Processes that share a log write in turns ({@link retail.inventory.journal.file.SharedEnd}, ADR 0012). For them {@code
 * wal/durable} is part of each commit: lines beyond it were acknowledged to nobody. Who has the turn and finds anything but room
 * there begins a new segment at durable sequence + 1, which makes it void. {@code wal/writer} says who had the turn last: that one
 * need not look ({@link retail.inventory.journal.file.LastWriter}). Repair, below, is for the first process only.
 *
 * <h2>Archive</h2>
 *
 * <p>A segment that no reader needs is copied to {@code archive/<name>.gz} beside {@code wal/}, its void events left out,
 * and then deleted, oldest first. A segment that is in both places counts as it is in {@code wal/}. Recovery reads both as
 * one log; followers read {@code wal/} alone.
 *
 * <h2>Repair</h2>
 *
 * <p>Proven durable is the largest of: {@code wal/durable}, every {@code durable} member read, the first sequence of
 * the last segment − 1. At start,
 *
 * <ul>
 *   <li>whole lines past the proven sequence are copied to a new segment and forced there before they are answered to
 *       anybody (a process that died after a failed force leaves them in the page cache only);
 *   <li>a header that is damaged is damage, for a segment takes its name with the header durable in it. Quarantine writes it
 *       anew, as the segments beside it tell;
 *   <li>the first line past the proven sequence that is not whole ends the log: it and all after it was never
 *       acknowledged. Its bytes are kept in {@code <segment>.torn-<offset>};
 *   <li>a line at or below the proven sequence that is missing or does not match its checksum is damage: the start
 *       stops, or with {@code --inventory.recovery=quarantine} the bytes go to the dead letters and a QUARANTINED line
 *       takes the place of each missing event.
 * </ul>
 */
@NullMarked
package retail.inventory.journal.file;

import org.jspecify.annotations.NullMarked;
