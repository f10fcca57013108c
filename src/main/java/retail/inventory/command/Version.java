package retail.inventory.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar, and the commit it was built from. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        String version = property("/META-INF/build-info.properties", "build.version");
        String commit = property("/git.properties", "git.commit.id.abbrev");
        return new String[] {"inventory-service " + version + " (commit " + commit + ")"};
    }

    private static String property(String resource, String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty(name, "unknown");
    }
}
