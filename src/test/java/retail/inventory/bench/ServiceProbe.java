package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.ledger.HttpConnection.Answer;

/** What can be seen of a running service from outside: its CPU time, its heap and what it stores. */
final class ServiceProbe {

    private static final int GC_SECONDS_MAX = 30;
    private static final double MIB = 1024.0 * 1024;
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final URI baseUrl;
    private final ProcessHandle process;

    ServiceProbe(URI baseUrl, ProcessHandle process) {
        this.baseUrl = baseUrl;
        this.process = process;
    }

    /** CPU time it has used, on all cores. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What is left on the heap after a full collection, in MiB. */
    double heapMibAfterGc() throws IOException, InterruptedException {
        Process gc = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!gc.waitFor(GC_SECONDS_MAX, TimeUnit.SECONDS) || gc.exitValue() != 0) {
            gc.destroyForcibly();
            throw new IOException("jcmd did not make the service collect its garbage");
        }
        String metric = get("/actuator/metrics/jvm.memory.used?tag=area:heap");
        Matcher value = VALUE.matcher(metric);
        if (!value.find()) {
            throw new IOException("this is not the heap used: " + metric);
        }
        return Double.parseDouble(value.group(1)) / MIB;
    }

    /** The sum of the versions of all SKUs that {@link EncodedWrites} can have written to: how many writes are stored. */
    long storedWrites() throws IOException {
        long sum = 0;
        for (int store = 0; store < EncodedWrites.STORES; store++) {
            String target = "/stores/" + EncodedWrites.storeId(store) + "/inventory?limit=1000";
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                String page = get(target + after.get());
                sum += VERSION.matcher(page)
                        .results()
                        .mapToLong(version -> Long.parseLong(version.group(1)))
                        .sum();
                Matcher next = NEXT.matcher(page);
                after = next.find() ? Optional.of("&after=" + next.group(1)) : Optional.empty();
            }
        }
        return sum;
    }

    private String get(String target) throws IOException {
        try (KeptConnection connection = new KeptConnection(baseUrl)) {
            Answer answer = connection.get(target);
            if (answer.status() != 200) {
                throw new IOException("GET " + target + " was answered by " + answer.status() + " " + answer.body());
            }
            return answer.body();
        }
    }
}
