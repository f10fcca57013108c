package retail.inventory.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** A hash of what a command asks for, without its time and id: equal for a repeated request, different for another. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(Command command) {
        StringBuilder asked = new StringBuilder(100).append(Event.type(command));
        switch (command) {
            case OfOneSku one -> append(asked, one.key(), one.delta(), one.expectedVersion());
            case ReserveAll all -> {
                for (Line line : all.lines()) { // added up and in order, so that it is the same however it was asked
                    append(asked, line.key(), -line.qty(), line.expectedVersion());
                }
            }
        }
        if (!command.cause().isBare()) { // else as it always was: keys outlive the version that answered them
            append(asked, command.cause());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(asked.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void append(StringBuilder asked, StockKey key, long delta, @Nullable Long expectedVersion) {
        asked.append('|').append(key.storeId());
        asked.append('|').append(key.sku());
        asked.append('|').append(delta);
        asked.append('|').append(expectedVersion);
    }

    private static void append(StringBuilder asked, Cause cause) {
        asked.append('|').append(cause.reason());
        asked.append('|').append(cause.reference());
        asked.append('|').append(cause.actor());
        asked.append('|').append(cause.occurredAt());
    }
}
