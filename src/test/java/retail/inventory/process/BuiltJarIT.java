package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.lab.Client;
import retail.inventory.lab.ServiceProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the jar says of itself is true. */
class BuiltJarIT {

    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String COMMIT = "BOOT-INF/classes/git.properties";

    private static final String PATH = System.getProperty("inventory.jar", "target/inventory-service.jar");

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(PATH);
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    /** Other tests start what was unpacked from it. */
    @Test
    void startsAsItIs(@TempDir Path data) throws IOException {
        List<String> command =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", PATH);
        Map<String, String> variables = Map.of("PORT", "0", "DATA_DIR", data.toString());
        try (ServiceProcess service = ServiceProcess.launch(command, variables)) {
            assertThat(new Client(service.uri()).adjust("S1", "A", 5, null).status())
                    .isEqualTo(201);
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void listsEveryLibraryItHas() throws IOException {
        JsonNode list;
        try (InputStream json = open("META-INF/sbom/application.cdx.json")) {
            list = new JsonMapper().readTree(json);
        }
        assertThat(list.get("bomFormat").asString()).isEqualTo("CycloneDX");
        Set<String> listed = list.get("components")
                .valueStream()
                .map(one ->
                        one.get("name").asString() + "-" + one.get("version").asString() + ".jar")
                .collect(Collectors.toSet());

        Set<String> packed = jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                .map(name -> name.substring(LIBRARIES.length()))
                // Spring Boot's packaging puts it there, which no dependency does.
                .filter(name -> !name.startsWith("spring-boot-jarmode-tools-"))
                .collect(Collectors.toSet());
        assertThat(packed).isNotEmpty().isSubsetOf(listed);
    }

    @Test
    void saysWhichCommitItIsAndNothingOfWhereItWasBuilt() throws Exception {
        if (!Files.exists(Path.of(".git"))) {
            assertThat(jar.getEntry(COMMIT)).isNull();
            return;
        }
        Properties properties = new Properties();
        try (InputStream text = open(COMMIT)) {
            properties.load(text);
        }
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        String head = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(properties)
                .containsEntry("git.commit.id.full", head)
                .containsOnlyKeys("git.commit.id.full", "git.commit.id.abbrev", "git.commit.time", "git.dirty");
    }

    private InputStream open(String name) throws IOException {
        return jar.getInputStream(Objects.requireNonNull(jar.getEntry(name), name));
    }
}
