package retail.inventory.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Ledgers for tests, written as the files the program reads. */
final class LedgerFiles {

    private static final String AT = "2010-12-01T08:26:00Z";
    private static final List<String> SKUS =
            List.of("85123A", "85123a", "BANK CHARGES", "gift_0001_10", "M:1", "P-2.5");

    private LedgerFiles() {}

    static String line(String invoice, String store, String sku, long quantity) {
        return "%s,%s,%s,%d,%s".formatted(invoice, store, sku, quantity, AT);
    }

    static Path write(Path file, List<String> lines) throws IOException {
        List<String> whole =
                Stream.concat(Stream.of(LedgerLine.HEADER), lines.stream()).toList();
        byte[] text = (String.join("\n", whole) + "\n").getBytes(StandardCharsets.UTF_8);
        if (!file.toString().endsWith(".gz")) {
            return Files.write(file, text);
        }
        try (OutputStream compressed = new GZIPOutputStream(Files.newOutputStream(file))) {
            compressed.write(text);
        }
        return file;
    }

    /** Sales, returns and losses of every kind, the same at every call: six SKUs with messy names in two stores. */
    static List<String> mixedLines(int count) {
        Random random = new Random(20101201);
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    int kind = random.nextInt(10);
                    long units = 1L + random.nextInt(12);
                    String store = random.nextBoolean() ? "united-kingdom" : "eire";
                    String sku = SKUS.get(random.nextInt(SKUS.size()));
                    return line((kind == 0 ? "C" : "") + (536365 + number), store, sku, kind < 2 ? -units : units);
                })
                .toList();
    }
}
