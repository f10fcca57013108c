package retail.inventory.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How far the files of a running service are. */
final class DataFiles {

    private static final Pattern THROUGH = Pattern.compile("\"through\":(\\d+)");
    private static final Pattern SEGMENT = Pattern.compile("\\d{20}\\.jsonl");
    private static final Pattern SNAPSHOT = Pattern.compile("central-(\\d{20})\\.json");

    private final Path dataDir;

    DataFiles(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** The log's segments, oldest first. */
    List<Path> segments() {
        return list("wal").stream()
                .filter(file -> SEGMENT.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    /** Up to which event the inventory files are complete. */
    long checkpoint() {
        try {
            Matcher through = THROUGH.matcher(Files.readString(dataDir.resolve("inventory/checkpoint")));
            return through.find() ? Long.parseLong(through.group(1)) : 0;
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to which event the newest snapshot of the central view goes. */
    long newestSnapshot() {
        return list("central").stream()
                .map(file -> SNAPSHOT.matcher(file.getFileName().toString()))
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .max()
                .orElse(0);
    }

    private List<Path> list(String directory) {
        try (Stream<Path> files = Files.list(dataDir.resolve(directory))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
