package retail.inventory.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A flat directory as it was once, to put it back after something wrote to it. */
record DirectoryCopy(Path original, Path copy) {

    /** Copies all files now. */
    static DirectoryCopy of(Path original, Path copy) throws IOException {
        Files.createDirectories(copy);
        DirectoryCopy whole = new DirectoryCopy(original, copy);
        for (Path file : files(original)) {
            copy(file, copy);
        }
        return whole;
    }

    /** Makes the original as it was; only what changed is written, so that the disk is not busy for long. */
    void restore() throws IOException {
        for (Path file : files(original)) {
            if (!Files.exists(copy.resolve(file.getFileName()))) {
                Files.delete(file);
            }
        }
        for (Path file : files(copy)) {
            if (!isSame(file, original.resolve(file.getFileName()))) {
                copy(file, original);
            }
        }
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        try {
            return Files.size(file) == Files.size(other)
                    && Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(other));
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    private static void copy(Path file, Path directory) throws IOException {
        Files.copy(
                file,
                directory.resolve(file.getFileName()),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
