package retail.inventory.web.stock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.web.ProblemException;
import retail.inventory.web.WholeNumber;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * How long a hold is to last, as it was sent: JSON's {@code null} says something else than nothing does.
 *
 * @param seconds null = without end
 */
@JsonDeserialize(using = TtlSeconds.Reader.class)
record TtlSeconds(@Nullable Long seconds) {

    private static final String NAME = "ttlSeconds";
    private static final TtlSeconds NO_END = new TtlSeconds(null);

    /** Milliseconds from now until the end of a hold that may have none. */
    static long orNoEndMs(@Nullable TtlSeconds sent) {
        return NO_END.equals(sent) ? HeldUnits.NO_END : ms(sent, ", or null for a hold without an end");
    }

    /** Milliseconds from now until the end of a hold that has one. */
    static long ms(@Nullable TtlSeconds sent) {
        return ms(sent, "");
    }

    private static long ms(@Nullable TtlSeconds sent, String or) {
        if (sent == null) {
            return Hold.LASTS_BY_DEFAULT.toMillis();
        }
        Long seconds = sent.seconds;
        long most = Hold.LASTS_AT_MOST.toSeconds();
        if (seconds == null || seconds < 1 || seconds > most) {
            throw ProblemException.invalid(NAME, NAME + " must be an integer from 1 to " + most + or);
        }
        return Duration.ofSeconds(seconds).toMillis();
    }

    static final class Reader extends ValueDeserializer<TtlSeconds> {
        private final WholeNumber number = new WholeNumber();

        @Override
        public TtlSeconds deserialize(JsonParser parser, DeserializationContext context) {
            return new TtlSeconds(number.deserialize(parser, context));
        }

        @Override
        public TtlSeconds getNullValue(DeserializationContext context) {
            return NO_END;
        }

        @Override
        public @Nullable TtlSeconds getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
