package retail.inventory.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of one place of the service's source that makes it wrong.
 *
 * @param file the source file, below {@code src/main/java/retail/inventory}
 * @param snippet what stands there, exactly once, so that a bug whose place has moved on is noticed
 * @param replacement what stands there instead
 */
public record PlantedBug(String file, String snippet, String replacement) {

    private static final Path SOURCES = Path.of("src/main/java/retail/inventory");

    /** Holds that something changes. */
    public PlantedBug {
        if (snippet.isEmpty() || snippet.equals(replacement)) {
            throw new IllegalArgumentException("nothing is changed in " + file);
        }
    }

    Path source() {
        return SOURCES.resolve(file);
    }

    String original() {
        try {
            return Files.readString(source());
        } catch (IOException e) {
            throw new AssertionError("no bug can be planted in " + source() + ", run from the project's directory", e);
        }
    }

    /** The source with the bug in it. */
    String plantedIn(String source) {
        int at = source.indexOf(snippet);
        if (at < 0 || source.indexOf(snippet, at + 1) >= 0) {
            throw new AssertionError("the place of a planted bug has to be there exactly once, but " + source()
                    + (at < 0 ? " does not have it: " : " has it more than once: ") + snippet);
        }
        return source.substring(0, at) + replacement + source.substring(at + snippet.length());
    }
}
