package retail.inventory.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvnw} on machines with other Javas, each made up in a directory; the Maven it starts there says by which Java. */
class MavenWrapperTest {

    private static final String NONE = "There is no JDK 25 or newer in JAVA_HOME, on the PATH or in the usual folders:"
            + " install one, for instance from https://adoptium.net, or set JAVA_HOME to where it is.";

    /** Of the system, as the machine has no other; and no java. */
    private static final List<String> TOOLS = List.of("sh", "sed", "cat", "sort", "head", "cut", "dirname", "basename");

    /** The usual folders that do not lie in somebody's home. */
    private static final String AT_THE_ROOT = "(?<=[ (])/(?=usr/|opt/|Library/)";

    @TempDir
    private Path machine;

    private record Outcome(int exit, String printed, String error) {}

    @BeforeEach
    void machineWithoutJava() throws IOException {
        for (String tool : TOOLS) {
            script("bin/" + tool, "#!/bin/sh\nexec %s \"$@\"\n".formatted(installed(tool)));
        }
        script("clone/mvnw", Files.readString(Path.of("mvnw")));
        script("clone/.mvn/jdk", Files.readString(Path.of(".mvn/jdk")).replaceAll(AT_THE_ROOT, machine + "/"));
        Path settings = Path.of(".mvn/wrapper/maven-wrapper.properties");
        Files.createDirectories(machine.resolve("clone/.mvn/wrapper"));
        Files.copy(settings, machine.resolve("clone").resolve(settings));

        Properties wrapper = new Properties();
        wrapper.load(new StringReader(Files.readString(settings)));
        String name =
                Path.of(wrapper.getProperty("distributionUrl")).getFileName().toString();
        script(
                "home/.m2/wrapper/dists/%s/%s/bin/mvn"
                        .formatted(
                                name.replace("-bin.tar.gz", ""),
                                wrapper.getProperty("distributionSha512Sum").substring(0, 16)),
                "#!/bin/sh\necho \"$JAVA_HOME\"\n");
    }

    @Test
    void javaOnThePathIsOlderAndAJdk25IsInstalled() throws IOException {
        onThePath(jdk("usr/lib/jvm/java-17", "17.0.15"));
        String home = jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3");
        assertThat(mavenRunsOn("")).isEqualTo(home);
    }

    @Test
    void javaOnThePathIsA25() throws IOException {
        jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3");
        String home = jdk("some where/jdk", "25");
        onThePath(home);
        assertThat(mavenRunsOn("")).isEqualTo(home);
    }

    @Test
    void javaHomeComesFirst() throws IOException {
        onThePath(jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3"));
        String home = jdk("some where/jdk", "26-ea");
        assertThat(mavenRunsOn(home)).isEqualTo(home);
    }

    @Test
    void javaHomeThatIsOlderOrGoneIsPassedOver() throws IOException {
        String home = jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3");
        assertThat(mavenRunsOn(jdk("jdk-21", "21.0.9"))).isEqualTo(home);
        assertThat(mavenRunsOn(machine.resolve("deleted").toString())).isEqualTo(home);
    }

    @Test
    void oldestOfSeveralInAllTheUsualFolders() throws IOException {
        jdk("opt/java/27", "27");
        assertThat(mavenRunsOn("")).endsWith("/opt/java/27");
        jdk("Library/Java/JavaVirtualMachines/26.jdk/Contents/Home", "26.0.1");
        assertThat(mavenRunsOn("")).endsWith("/26.jdk/Contents/Home");
        jdk("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3");
        assertThat(mavenRunsOn("")).endsWith("/java/25.0.3-tem");
    }

    @Test
    void jdkThatDoesNotSayItsVersionInAFileIsAsked() throws IOException {
        String home = jdk("usr/lib/jvm/from-source", "25-internal");
        Files.delete(Path.of(home, "release"));
        script("usr/lib/jvm/from-source/bin/javac", "#!/bin/sh\necho javac 25-internal\n");
        assertThat(mavenRunsOn("")).isEqualTo(home);
    }

    @Test
    void noneThatIsNewEnoughOrCanCompile() throws IOException {
        assertThat(mvnw("")).isEqualTo(new Outcome(1, "", NONE));
        onThePath(jdk("usr/lib/jvm/java-17", "17.0.15"));
        assertThat(mvnw(jdk("usr/lib/jvm/java-24", "24.0.2"))).isEqualTo(new Outcome(1, "", NONE));
        Files.delete(Path.of(jdk("usr/lib/jvm/jre-25", "25.0.3"), "bin/javac"));
        assertThat(mvnw("")).isEqualTo(new Outcome(1, "", NONE));
    }

    /** Its home. */
    private String jdk(String directory, String version) throws IOException {
        String home = machine.resolve(directory).toString();
        script(directory + "/bin/java", "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(home));
        script(directory + "/bin/javac", "#!/bin/sh\nexit 1\n");
        Files.writeString(
                machine.resolve(directory + "/release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\nJAVA_VERSION_DATE=\"2026-04-21\"\n".formatted(version));
        return home;
    }

    private void onThePath(String home) throws IOException {
        Files.createSymbolicLink(machine.resolve("bin/java"), Path.of(home, "bin/java"));
    }

    private void script(String file, String text) throws IOException {
        Path path = machine.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String mavenRunsOn(String javaHome) throws IOException {
        Outcome outcome = mvnw(javaHome);
        assertThat(outcome).isEqualTo(new Outcome(0, outcome.printed(), ""));
        return outcome.printed();
    }

    private Outcome mvnw(String javaHome) throws IOException {
        Path errors = machine.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(machine.resolve("clone/mvnw").toString(), "verify").redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        machine.resolve("bin").toString(),
                        "HOME",
                        machine.resolve("home").toString()));
        if (!javaHome.isEmpty()) {
            builder.environment().put("JAVA_HOME", javaHome);
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(
                    process.waitFor(), printed.strip(), Files.readString(errors).strip());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
