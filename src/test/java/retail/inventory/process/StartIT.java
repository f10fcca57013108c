package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retail.inventory.lab.Client;
import retail.inventory.lab.Command;
import retail.inventory.lab.ServiceProcess;

/** A start that fails says why in one sentence that names what to change; a start that works says where things are. */
@Order(1) // long ones first: the last one has nobody beside it
class StartIT {

    @TempDir
    Path directory;

    @Test
    void saysWhereItListensAndWhereTheDataIs() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(directory)) {
            assertThat(service.output())
                    .hasSize(2)
                    .satisfiesExactly(
                            line -> assertThat(line).contains("starting: role all, data in " + directory),
                            line -> assertThat(line)
                                    .contains("ready: " + service.uri() + "/, data in " + directory)
                                    .contains("new, nothing to recover")
                                    .endsWith(" " + service.uri() + "/docs"));
        }
    }

    @Test
    void logsWordsOnATerminalAndJsonAnywhereElse() throws IOException {
        Map<String, String> asItComes = Map.of("LOG_FORMAT", "");
        try (ServiceProcess piped = ServiceProcess.launch(directory.resolve("piped"), asItComes)) {
            assertThat(piped.uri()).isNotNull();
            assertThat(piped.output()).allMatch(line -> line.startsWith("{\"@timestamp\":"));
        }
        assumeTrue(Command.problem("script", "--version").isEmpty(), "no script, no terminal here");
        List<String> onATerminal = List.of("sh", "-c", "exec script -qefc \"$*\" /dev/null", "sh");
        try (ServiceProcess shown = ServiceProcess.launchUnder(
                onATerminal, directory.resolve("shown"), asItComes)) { // its end ends what it shows
            assertThat(shown.uri()).isNotNull();
            assertThat(shown.output()).last(STRING).matches("[\\d:.]+ INFO .*/docs");
        }
    }

    /** One of each kind; {@code StartFailureAnalyzerTest} has the rest. */
    @ParameterizedTest
    @CsvSource({
        "PORT, 70000, must be a port number from 0 to 65535",
        "LOG_FORMAT, xml, must be json or text",
        "HOST, no such host, must be an address of this machine",
        "PORT, tcp://10.96.0.18:8080, enableServiceLinks: false",
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318, must be a URL like http://collector:4318"
    })
    void refusesABadSettingNamingVariableValueAndRule(String variable, String value, String rule) throws IOException {
        assertThat(outputOfFailedStart(Map.of(variable, value)))
                .contains(variable + "=" + value)
                .contains(rule);
    }

    /** Kubernetes puts variables for each service of a namespace into each pod, and Spring would take some for settings. */
    @Test
    void startsBesideServicesOfAnyName() throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (String service : List.of(
                "SERVER",
                "INVENTORY",
                "INVENTORY_WEB",
                "INVENTORY_DISK",
                "PORT",
                "HOST",
                "SPRING",
                "SPRING_MAIN",
                "LOGGING",
                "MANAGEMENT_SERVER",
                "SERVER_TOMCAT",
                "LOG",
                "DATA",
                "LOCK",
                "INVENTORY_ROLE",
                "SPRING_PROFILES")) {
            variables.put(service + "_SERVICE_HOST", "10.96.0.18");
            variables.put(service + "_SERVICE_PORT", "8080");
            variables.put(service + "_SERVICE_PORT_HTTP", "8080");
            variables.put(service + "_PORT", "tcp://10.96.0.18:8080");
            variables.put(service + "_PORT_8080_TCP", "tcp://10.96.0.18:8080");
            variables.put(service + "_PORT_8080_TCP_PROTO", "tcp");
            variables.put(service + "_PORT_8080_TCP_PORT", "8080");
            variables.put(service + "_PORT_8080_TCP_ADDR", "10.96.0.18");
        }
        // What Spring would take as well, in other spellings.
        variables.putAll(Map.of(
                "server.port", "tcp://10.96.0.18:8080",
                "inventory_web_port", "tcp://10.96.0.18:8080",
                "SPRING_PROFILES_ACTIVE", "no/such profile",
                "SPRING_APPLICATION_JSON", "{\"server\":{\"port\":\"x\"}}",
                "SPRING_CONFIG_LOCATION", "tcp://10.96.0.18:8080",
                "INVENTORY_ROLE", "tcp://10.96.0.18:8080"));
        try (ServiceProcess service = ServiceProcess.launch(directory, variables)) {
            assertThat(new Client(service.uri()).adjust("S1", "A", 10, null)).isNotNull();
        }
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(outputOfFailedStart(Map.of("PORT", port)))
                    .contains("Port " + port + " is in use")
                    .contains("set PORT to another port");
        }
    }

    @Test
    void refusesADataDirectoryThatAnotherProcessUses() throws IOException {
        try (ServiceProcess first = ServiceProcess.start(directory)) {
            assertThat(first.output()).isNotEmpty();
            assertThat(outputOfFailedStart(Map.of()))
                    .contains("data directory " + directory)
                    .contains("is in use by another process (held by process ")
                    .contains("set DATA_DIR");
        }
    }

    @Test
    void refusesADataDirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "not a directory");
        assertThat(outputOfFailedStart(Map.of("DATA_DIR", file.toString())))
                .contains("data directory " + file)
                .contains("cannot be written");
    }

    @Test
    void refusesADamagedLogNamingThePlaceAndStartsInQuarantine() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(directory)) {
            Client client = new Client(service.uri());
            client.adjust("S1", "A", 10, null);
            client.adjust("S1", "A", 5, null);
            client.adjust("S1", "A", 1, null);
            service.terminate();
        }
        Path segment = directory.resolve("wal/00000000000000000001.jsonl");
        Files.writeString(segment, Files.readString(segment).replace("\"delta\":5", "\"delta\":6"));
        assertThat(outputOfFailedStart(Map.of()))
                .contains(segment + ", line 3, byte offset ")
                .contains("its checksum does not match")
                .contains("--inventory.recovery=quarantine");

        try (Stream<Path> files = Files.list(directory.resolve("inventory"))) {
            for (Path file : files.toList()) {
                Files.delete(file); // so that the state must come from the log
            }
        }
        try (ServiceProcess service = ServiceProcess.start(directory, "--inventory.recovery=quarantine")) {
            assertThat(service.output()).anyMatch(line -> line.contains("SKU A: versions 2 to 2 are missing"));
            assertThat(new Client(service.uri()).record("S1", "A").body())
                    .contains("\"qty\":16,\"held\":0,\"available\":16,\"version\":3,");
            assertThat(Files.readString(directory.resolve("dead-letter/log.jsonl")))
                    .contains("\\\"delta\\\":6");
        }
        try (ServiceProcess strict = ServiceProcess.start(directory)) {
            assertThat(new Client(strict.uri()).record("S1", "A").number("qty")).isEqualTo(16);
        }
    }

    private String outputOfFailedStart(Map<String, String> variables) throws IOException {
        try (ServiceProcess service = ServiceProcess.launch(directory, variables)) {
            assertThat(service.awaitExit()).isNotZero();
            List<String> output = service.output().stream()
                    .filter(line -> !line.contains("Inventory service starting: "))
                    .toList();
            assertThat(output).as("one sentence, no stack trace").hasSize(1);
            return output.getFirst();
        }
    }
}
