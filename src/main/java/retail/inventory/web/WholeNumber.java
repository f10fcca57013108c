package retail.inventory.web;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a number whose value is whole, however it is written: {@code 10}, {@code 10.0} and {@code 1e1} are one number in JSON,
 * and clients whose numbers are decimals (.NET's, an ERP's) write the second. One that is not whole is refused, never rounded.
 */
public final class WholeNumber extends StdDeserializer<Long> {

    /** So many digits always fit. */
    private static final int DIGITS_MAX = 18;

    /** Made for each member. */
    public WholeNumber() {
        super(Long.class);
    }

    @Override
    public @Nullable Long deserialize(JsonParser parser, DeserializationContext context) {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> Long.valueOf(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> whole(parser, context);
            case null, default -> (Long) context.handleUnexpectedToken(getValueType(context), parser);
        };
    }

    /** The text has 1,000 characters at most, by the parser's own limit; its value may still have a milliard of digits. */
    private @Nullable Long whole(JsonParser parser, DeserializationContext context) {
        BigDecimal number;
        try {
            number = new BigDecimal(parser.getString()).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException beyond) { // an exponent of more than ten digits
            return (Long) context.handleUnexpectedToken(getValueType(context), parser);
        }
        if (number.scale() > 0) {
            return (Long) context.handleUnexpectedToken(getValueType(context), parser);
        }
        if ((long) number.precision() - number.scale() > DIGITS_MAX) {
            throw new InputCoercionException(parser, "too large", JsonToken.VALUE_NUMBER_FLOAT, Long.class);
        }
        return number.longValueExact();
    }
}
