package retail.inventory.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.OnlyOwn;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
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
            case ReserveAll all -> append(asked, all.lines());
            case HoldCommand hold -> append(asked, hold.wish());
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

    private static void append(StringBuilder asked, HoldCommand command) {
        asked.append('|').append(command.holdId());
        switch (command) {
            case OnlyOwn own -> throw new AssertionError("looked into above");
            case PlaceHold place -> {
                asked.append("|placed|").append(place.lastsMs());
                asked.append('|').append(place.partial());
                asked.append('|').append(place.condition());
                append(asked, place.lines());
            }
            case ExtendHold extend -> asked.append("|extended|").append(extend.lastsMs());
            case ConfirmHold confirm -> {
                asked.append('|').append(confirm.releaseRest());
                append(asked, confirm.part());
            }
            case ReleaseHold release -> append(asked, release.part());
            case ExpireHold expire -> {}
        }
    }

    /** Added up and in order, so that it is the same however it was asked. */
    private static void append(StringBuilder asked, @Nullable List<Line> lines) {
        for (Line line : lines == null ? List.<Line>of() : lines) {
            append(asked, line.key(), -line.qty(), line.expectedVersion());
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
