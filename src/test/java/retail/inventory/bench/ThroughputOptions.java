package retail.inventory.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run} was asked for.
 *
 * @param contenders who takes part, compared with the first of them
 * @param loads what is measured
 * @param starts with how many sets of processes, one after another: no two JVMs compile a program alike
 * @param rounds how often each of these, in turn
 * @param seconds how long each time
 * @param half how many seconds at half of the peak; 0 = not at all
 * @param jvm options for the JVMs of all contenders
 * @param jar the service's
 * @param other another jar of the service, if one takes part
 * @param slowDisk the library that makes each sync take 2 ms longer; null = the disk as it is
 * @param check whether ratios are held against the recorded ones
 */
record ThroughputOptions(
        Set<Contender.Kind> contenders,
        Set<StockLoad> loads,
        int starts,
        int rounds,
        int seconds,
        int half,
        List<String> jvm,
        Path jar,
        Path other,
        @Nullable Path slowDisk,
        boolean check) {

    static ThroughputOptions of(String[] args) {
        Set<Contender.Kind> contenders = EnumSet.of(Contender.Kind.SERVICE, Contender.Kind.NOTHING);
        Set<StockLoad> loads = EnumSet.allOf(StockLoad.class);
        int starts = 1;
        int rounds = 5;
        int seconds = 5;
        int half = 0;
        List<String> jvm = new ArrayList<>();
        Path jar = Path.of("target/inventory-service.jar");
        Path other = Path.of("");
        Path slowDisk = null;
        boolean check = false;
        Iterator<String> words = List.of(args).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--starts" -> starts = number(word, words);
                case "--rounds" -> rounds = number(word, words);
                case "--seconds" -> seconds = number(word, words);
                case "--half" -> half = number(word, words);
                case "--only" -> loads = loads(value(word, words));
                case "--jvm" -> jvm.addAll(List.of(value(word, words).strip().split(" +", -1)));
                case "--skus" -> contenders = EnumSet.of(Contender.Kind.MILLION, Contender.Kind.THOUSAND);
                case "--events" -> contenders = EnumSet.of(Contender.Kind.AGED, Contender.Kind.FRESH);
                case "--postgres" -> contenders.add(Contender.Kind.POSTGRES);
                case "--locks" -> contenders.add(Contender.Kind.LOCKS);
                case "--jar" -> jar = Path.of(value(word, words));
                case "--other" -> {
                    contenders.add(Contender.Kind.OTHER);
                    other = Path.of(value(word, words));
                }
                case "--slow-disk" -> slowDisk = Path.of(value(word, words));
                case "--check" -> check = true;
                default -> throw new IllegalArgumentException("no such option: " + word);
            }
        }
        return new ThroughputOptions(
                contenders, loads, starts, rounds, seconds, half, jvm, jar, other, slowDisk, check);
    }

    private static Set<StockLoad> loads(String names) {
        Set<StockLoad> loads = EnumSet.noneOf(StockLoad.class);
        for (String name : names.split(",", -1)) {
            loads.add(StockLoad.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return loads;
    }

    private static int number(String option, Iterator<String> words) {
        int number = Integer.parseInt(value(option, words));
        if (number < 1) {
            throw new IllegalArgumentException(option + " takes a number of at least 1, not " + number);
        }
        return number;
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " takes a value");
        }
        return words.next();
    }
}
