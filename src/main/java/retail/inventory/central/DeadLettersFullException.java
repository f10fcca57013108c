package retail.inventory.central;

import java.util.Locale;

/** The central view cannot apply an event and may keep no more of those: it stops there until some are resolved. */
public final class DeadLettersFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DeadLettersFullException(int letters, long sequence, String reason) {
        super(String.format(
                Locale.ROOT,
                "the dead letters are full (%,d events), and event %d cannot be applied either: %s. Mend the cause, most often by"
                        + " the version that wrote them, and replay letters: see run.md, \"/dead-letters is not empty\"",
                letters,
                sequence,
                reason));
    }
}
