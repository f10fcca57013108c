package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import retail.inventory.files.Checksum;

/** A copy of a service's data that may be spoilt, with right checksums or with wrong ones. */
record CopiedData(Path root) {

    /** Copies everything of a data directory to a place that is not there yet. */
    static CopiedData of(Path data, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(data.relativize(file).toString()));
            }
        }
        return new CopiedData(to);
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** The names in a directory, in order. */
    static List<String> names(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** The last one in a directory, with the directory's name. */
    String last(String directory, String ending) throws IOException {
        return directory + "/" + names(file(directory), ending).getLast();
    }

    void deleteAll(String directory) throws IOException {
        for (String name : names(file(directory), "")) {
            Files.delete(file(directory + "/" + name));
        }
    }

    /** Changes a file and not its checksum. */
    void edit(String file, UnaryOperator<String> edit) throws IOException {
        String before = Files.readString(file(file));
        String after = edit.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file(file), after);
    }

    /** Changes a file with one checksum at its end, and that as well. */
    void forge(String file, UnaryOperator<String> edit) throws IOException {
        edit(file, text -> {
            String lines = text.stripTrailing();
            return sealed(edit.apply(lines)) + text.substring(lines.length());
        });
    }

    /** Changes a line with a checksum, and that as well. */
    void forgeLine(String file, int line, UnaryOperator<String> edit) throws IOException {
        edit(file, text -> {
            String[] lines = text.split("\n", -1);
            lines[line - 1] = sealed(edit.apply(lines[line - 1]));
            return String.join("\n", lines);
        });
    }

    /** Everything, with the times of its last changes. */
    TreeMap<String, String> contents() throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                contents.put(file.toString(), Files.getLastModifiedTime(file) + content);
            }
        }
        return contents;
    }

    private static String sealed(String text) {
        byte[] open = text.substring(0, text.lastIndexOf(",\"crc\":\"")).getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(open, open.length + Checksum.BYTES);
        Checksum.append(whole, 0, open.length);
        return new String(whole, StandardCharsets.UTF_8);
    }
}
