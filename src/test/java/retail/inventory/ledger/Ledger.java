package retail.inventory.ledger;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The ledger's lines in the order of the file; never empty. */
record Ledger(List<LedgerLine> lines) {

    private static final int BUFFER_BYTES = 1 << 16;

    Ledger {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new ReplayException("The ledger holds no lines.");
        }
    }

    /** Reads the first {@code limit} lines of a .csv or .csv.gz, putting the prefix before each store. */
    static Ledger read(Path file, int limit, String storePrefix) {
        List<LedgerLine> lines = new ArrayList<>();
        try (BufferedReader reader = open(file)) {
            if (!LedgerLine.HEADER.equals(reader.readLine())) {
                throw LedgerLine.malformed(1, "the header is not '%s'".formatted(LedgerLine.HEADER));
            }
            readLines(reader, limit, storePrefix, lines);
        } catch (NoSuchFileException e) {
            throw new ReplayException("There is no ledger file %s.".formatted(file), e);
        } catch (CharacterCodingException | EOFException | ZipException e) {
            // The decoder reads ahead: the damage is somewhere after the last line that could be read.
            throw new ReplayException(
                    "The ledger %s is damaged after line %d: %s.".formatted(file, lines.size() + 1, e), e);
        } catch (IOException e) {
            throw new ReplayException("The ledger %s cannot be read: %s.".formatted(file, e), e);
        }
        return new Ledger(lines);
    }

    /** What every key that sells starts with: nine tenths, rounded up, of all that these lines sell of it. */
    Map<LedgerKey, Long> openingStock() {
        Map<LedgerKey, Long> sold = new LinkedHashMap<>();
        for (LedgerLine line : lines) {
            if (line.sale()) {
                sold.merge(line.key(), line.amount(), Math::addExact);
            }
        }
        sold.replaceAll((key, units) -> units - units / 10);
        return sold;
    }

    SortedSet<String> stores() {
        SortedSet<String> stores = new TreeSet<>();
        lines.forEach(line -> stores.add(line.key().store()));
        return stores;
    }

    private static void readLines(BufferedReader reader, int limit, String storePrefix, List<LedgerLine> lines)
            throws IOException {
        Map<LedgerKey, LedgerKey> known = new HashMap<>();
        while (lines.size() < limit) {
            String text = reader.readLine();
            if (text == null) {
                return;
            }
            LedgerLine line = LedgerLine.parse(lines.size() + 2L, text, storePrefix);
            lines.add(line.sharing(known.computeIfAbsent(line.key(), key -> key)));
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            boolean compressed = file.toString().endsWith(".gz");
            InputStream bytes = compressed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
            // A decoder of one's own, unlike a charset, refuses what is not UTF-8 instead of replacing it.
            return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), BUFFER_BYTES);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
