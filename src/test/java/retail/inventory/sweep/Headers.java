package retail.inventory.sweep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Header lines, right and wrong. */
final class Headers {

    private static final List<String> NAMES = HeaderValues.names();

    private Headers() {}

    /** One header line, or two of one name. */
    static String one(Choice choice) {
        String name = choice.of(NAMES);
        return choice.oneIn(20) ? line(choice, name) + line(choice, name) : line(choice, name);
    }

    /** Some header lines, each ended by CR LF. */
    static String some(Choice choice) {
        StringBuilder lines = new StringBuilder();
        for (int i = choice.below(5); i > 0; i--) {
            String name = choice.of(NAMES);
            lines.append(line(choice, name));
            if (choice.oneIn(10)) {
                lines.append(line(choice, name));
            }
        }
        if (choice.oneIn(100)) {
            lines.append(choice.of(
                    "A b: c\r\n",
                    ": x\r\n",
                    "no colon\r\n",
                    " folded: x\r\n",
                    "A: b\r\n folded\r\n",
                    "A\u0000: b\r\n",
                    "A: b\nB: c\r\n",
                    "A: b\rc\r\n",
                    "\u00e4: b\r\n",
                    "A: " + "b".repeat(9000) + "\r\n",
                    "A: b\r\n".repeat(120)));
        }
        return lines.toString();
    }

    private static String line(Choice choice, String name) {
        String written = choice.oneIn(10) ? name.toLowerCase(Locale.ROOT) : name;
        return written + choice.of(": ", ":", ":\t") + value(choice, name) + "\r\n";
    }

    private static String value(Choice choice, String name) {
        List<String> values = HeaderValues.of(name);
        return switch (choice.below(12)) {
            case 0 -> "";
            case 1 -> choice.printable(40);
            case 2 ->
                choice.oneIn(4)
                        ? choice.rubbish(20).replace('\n', ' ')
                        : choice.of(values) + choice.of(",", ";", " ", "\"", ";q=0");
            case 3 ->
                IntStream.range(0, choice.below(200))
                        .mapToObj(i -> choice.of(values))
                        .collect(Collectors.joining(","));
            default -> choice.of(values);
        };
    }
}
