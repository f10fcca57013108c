package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How far the files of a running service are. */
record DataFiles(Path dataDir) {

    private static final Pattern THROUGH = Pattern.compile("\"through\":(\\d+)");
    private static final Pattern SNAPSHOT = Pattern.compile("central-(\\d{20})\\.json");

    /** Up to which event the inventory files are complete. */
    long checkpoint() throws IOException {
        try {
            Matcher through = THROUGH.matcher(Files.readString(dataDir.resolve("inventory/checkpoint")));
            return through.find() ? Long.parseLong(through.group(1)) : 0;
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** Up to which event the newest snapshot of the central view goes. */
    long newestSnapshot() throws IOException {
        try (Stream<Path> files = Files.list(dataDir.resolve("central"))) {
            return files.map(file -> SNAPSHOT.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(0);
        }
    }
}
