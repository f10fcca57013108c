package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How the service is.
 *
 * @param heapMiB used, after a collection
 * @param connections open at its port, those included that only it has not closed yet
 */
record ServiceState(long heapMiB, long connections) {

    private static final int MIB = 1024 * 1024;

    static ServiceState of(URI service, long pid) throws IOException, InterruptedException {
        Process collection = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        collection.waitFor(30, TimeUnit.SECONDS);
        double bytes = 0;
        try (HttpClient http = HttpClient.newHttpClient()) {
            String text = http.send(
                            HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            for (String line : text.lines().toList()) {
                if (line.startsWith("jvm_memory_used_bytes{area=\"heap\"")) {
                    bytes += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                }
            }
        }
        return new ServiceState(Math.round(bytes / MIB), connections(service.getPort()));
    }

    /** Established or half-closed, by the kernel's table. */
    private static long connections(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        long count = 0;
        for (Path table : new Path[] {Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")}) {
            if (Files.exists(table)) {
                count += Files.readAllLines(table).stream()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(field -> field.length > 3
                                && field[1].endsWith(local)
                                && (field[3].equals("01") || field[3].equals("08")))
                        .count();
            }
        }
        return count;
    }
}
