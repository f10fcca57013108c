package retail.inventory.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the lease file says, one line of JSON.
 *
 * @param owner the process that has the lease
 * @param token new with every change of owner, and never used again
 * @param renewals how often the owner has renewed it
 * @param ttlMs how long others must see owner, token and renewals unchanged before they take it
 * @param since when the owner got it; for people only, as the next one
 * @param expires when it runs out unless it is renewed
 * @param waiting the processes that wait for it, in the order they came
 */
record LeaseContent(
        String owner, String token, long renewals, long ttlMs, Instant since, Instant expires, List<String> waiting) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Ids are parts of file names. */
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,64}");

    static final long TTL_MAX_MS = 600_000;

    LeaseContent {
        waiting = List.copyOf(waiting);
        if (!isId(owner) || !waiting.stream().allMatch(LeaseContent::isId) || token.isEmpty()) {
            throw new IllegalArgumentException("not the id of a process");
        }
        if (ttlMs < 1 || ttlMs > TTL_MAX_MS) {
            throw new IllegalArgumentException("not a time to live");
        }
    }

    /** A file that is not one of these. */
    static final class DamagedLeaseException extends Exception {
        private static final long serialVersionUID = 1;

        private DamagedLeaseException(String message) {
            super(message);
        }
    }

    /** Loads what reads and writes them: the first time takes up to a second, and must not take it inside the guard. */
    static void load() {
        LeaseContent any = new LeaseContent("a", "a", 0, 1, Instant.EPOCH, Instant.EPOCH, List.of("a"));
        try {
            if (!decode(any.encode()).equals(any)) {
                throw new AssertionError("it is not read as it is written");
            }
        } catch (DamagedLeaseException e) {
            throw new AssertionError("it cannot be read", e);
        }
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    boolean isOf(String process) {
        return owner.equals(process);
    }

    /** Whether the owner has done nothing between this and the other. */
    boolean isAsRenewedAs(LeaseContent other) {
        return owner.equals(other.owner) && token.equals(other.token) && renewals == other.renewals;
    }

    LeaseContent renewed(long newTtlMs, Instant now) {
        return new LeaseContent(owner, token, renewals + 1, newTtlMs, since, now.plusMillis(newTtlMs), waiting);
    }

    /** The same with somebody more in the list. */
    LeaseContent joinedBy(String process) {
        List<String> longer = new ArrayList<>(waiting);
        longer.add(process);
        return new LeaseContent(owner, token, renewals, ttlMs, since, expires, longer);
    }

    /** The same without somebody in the list. */
    LeaseContent leftBy(String process) {
        return new LeaseContent(owner, token, renewals, ttlMs, since, expires, without(process));
    }

    List<String> without(String process) {
        return waiting.stream().filter(one -> !one.equals(process)).toList();
    }

    byte[] encode() {
        byte[] object = JSON.writeValueAsBytes(this);
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        return line;
    }

    static LeaseContent decode(byte[] line) throws DamagedLeaseException {
        LeaseContent content;
        try {
            content = JSON.readValue(line, LeaseContent.class);
        } catch (JacksonException e) {
            throw new DamagedLeaseException(e.getOriginalMessage());
        }
        if (content == null) {
            throw new DamagedLeaseException("it says null");
        }
        return content;
    }
}
