package retail.inventory.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import retail.inventory.journal.Event;
import retail.inventory.stock.StockCommand;
import retail.inventory.stock.StockCommand.Adjust;
import retail.inventory.stock.StockCommand.Reserve;

/** A hash of what a command asks for, without its time and id: equal for a repeated request, different for another. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(StockCommand command) {
        String asked = String.join(
                "|",
                type(command),
                command.key().storeId(),
                command.key().sku(),
                Long.toString(command.delta()),
                String.valueOf(command.expectedVersion()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The name in the log, where fingerprints are kept: it outlives the names of classes. */
    private static String type(StockCommand command) {
        return switch (command) {
            case Adjust a -> Event.ADJUST;
            case Reserve r -> Event.RESERVE;
        };
    }
}
