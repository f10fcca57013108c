package retail.inventory.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The jar that tests start, unpacked and with an AOT cache when the property {@code inventory.aot} asks for it: they start it a
 * hundred times, each in two thirds of the time.
 */
final class QuickJar {

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

    static String path() {
        return Boolean.getBoolean("inventory.aot")
                ? Unpacked.PATH
                : System.getProperty("inventory.jar", "target/inventory-service.jar");
    }
}
