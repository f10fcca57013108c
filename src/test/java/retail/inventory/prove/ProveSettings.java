package retail.inventory.prove;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * What is proved, and how much of it.
 *
 * @param clients connections at work at once
 * @param stock units that four times as many requests want
 * @param keys idempotency keys that are sent five times each
 * @param changes changes of a few SKUs at once, with and without versions
 */
record ProveSettings(URI baseUrl, int clients, int stock, int keys, int changes) {

    static final String USAGE = """
            Usage: bin/prove --base-url URL [--clients N] [--stock N] [--keys N] [--changes N]
              --base-url  the service, such as http://localhost:3000
              --clients   connections at work at once, 2 to 256 (default: 16)
              --stock     units that four times as many requests want to have, 1 to 100000 (default: 50)
              --keys      idempotency keys that are sent five times each, 1 to 100000 (default: 100)
              --changes   changes of three SKUs at once, 1 to 1000000 (default: 300)
            Writes to a store of its own, PROVE-<random>, whose stock is 0 in the end; there is no way to delete it.
            Exit status: 0 proved, 1 failed, 2 arguments not understood or no such service.""";

    private static final Map<String, Integer> LIMITS =
            Map.of("--clients", 256, "--stock", 100_000, "--keys", 100_000, "--changes", 1_000_000);

    static ProveSettings parse(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            require(args[i].equals("--base-url") || LIMITS.containsKey(args[i]), "there is no option " + args[i]);
            require(i + 1 < args.length, args[i] + " needs a value");
            require(given.put(args[i], args[i + 1]) == null, args[i] + " is given twice");
        }
        require(given.containsKey("--base-url"), "--base-url is needed");
        return new ProveSettings(
                url(given.getOrDefault("--base-url", "")),
                number(given, "--clients", 2, 16),
                number(given, "--stock", 1, 50),
                number(given, "--keys", 1, 100),
                number(given, "--changes", 1, 300));
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean isPlain = url.getRawQuery() == null && url.getRawFragment() == null;
        require("http".equals(url.getScheme()) && url.getHost() != null && isPlain, "--base-url is http://host:port");
        String path = url.getRawPath();
        return path.endsWith("/") ? URI.create(text.substring(0, text.lastIndexOf('/'))) : url;
    }

    private static int number(Map<String, String> given, String option, int min, int otherwise) {
        String value = given.getOrDefault(option, Integer.toString(otherwise));
        int max = LIMITS.getOrDefault(option, 0);
        boolean isNumber = value.matches("\\d{1,9}");
        int number = isNumber ? Integer.parseInt(value) : -1;
        require(number >= min && number <= max, option + " is a whole number from " + min + " to " + max);
        return number;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
