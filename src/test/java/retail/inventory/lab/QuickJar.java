package retail.inventory.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jar that tests start, unpacked and with an AOT cache when the property {@code inventory.aot} asks for it: they start it a
 * hundred times, each in two thirds of the time.
 */
public final class QuickJar {

    private QuickJar() {}

    /** Made once. */
    private static final class Unpacked {
        static final String PATH = unpack("target/quick-jar");

        private static String unpack(String directory) {
            try {
                Command.run("bin/aot-cache", directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return directory + "/inventory-service.jar";
        }
    }

    /** Where it is. */
    public static String path() {
        return Boolean.getBoolean("inventory.aot")
                ? Unpacked.PATH
                : System.getProperty("inventory.jar", "target/inventory-service.jar");
    }

    /** What starts a jar; with an AOT cache if one is beside it. */
    static List<String> command(List<String> wrapper, List<String> jvm, Path jar, String... arguments) {
        Path cache = Path.of(jar.toString().replaceFirst("\\.jar$", ".aot"));
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-jar", jar.toString()));
        Stream.of(arguments).filter(argument -> !argument.isEmpty()).forEach(command::add);
        return command;
    }
}
