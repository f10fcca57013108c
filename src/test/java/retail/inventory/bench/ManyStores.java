package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tasks;

/** How far the inventory files of many small stores lag behind the log, in a service of its own. */
public final class ManyStores {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SELLING = 2000;
    private static final int THREADS = 16;
    private static final List<String> HEAP = List.of("-Xmx512m");

    private final Path work;
    private final int stores;
    private final PrintStream out;

    private ManyStores(Path work, int stores, PrintStream out) {
        this.work = work;
        this.stores = stores;
        this.out = out;
    }

    /** Arguments: an empty directory, and how many stores. */
    public static void main(String[] arguments) {
        Program.run("MANY STORES", (_, out) -> {
            new ManyStores(Path.of(arguments[0]), Integer.parseInt(arguments[1]), out).run();
            return "";
        });
    }

    private void run() throws IOException {
        double one = firstFiles(logOf("one-store", 1), "1 store of " + stores + " SKUs");
        Path many = logOf("many-stores", stores);
        double chain = firstFiles(many, stores + " stores of 1 SKU");
        out.printf("ratio of the two: %.2f%n", chain / one);
        stopInTheMiddle(many);
        sell(many);
    }

    /** A log of one delivery to each SKU, without inventory files. */
    private Path logOf(String name, int count) throws IOException {
        Path data = work.resolve(name);
        try (WritePathAlone service = WritePathAlone.open(data, InstantSource.system())) {
            service.deliver(stores, THREADS, count);
        }
        forgetFiles(data);
        return data;
    }

    private static void forgetFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("inventory"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private double firstFiles(Path data, String what) throws IOException {
        try (ServiceProcess service = start(data)) {
            double ready = service.readyAfter().orElseThrow().toNanos() / 1e9;
            double written = awaitFiles(data, stores);
            out.printf(
                    "%s: ready after %.1f s; %d inventory files complete %.1f s later%n",
                    what, ready, files(data), written);
            stop(service, "after it");
            return written;
        }
    }

    private void stopInTheMiddle(Path data) throws IOException {
        forgetFiles(data);
        try (ServiceProcess service = start(data)) {
            stop(service, "with all files due");
        }
    }

    private void sell(Path data) throws IOException {
        int selling = Math.min(SELLING, stores);
        try (ServiceProcess service = start(data)) {
            long began = System.nanoTime();
            try (Client client = new Client(service.uri())) {
                Tasks.numbered(selling, THREADS, i -> {
                    String store = WritePathAlone.store((int) ((long) i * stores / selling), stores);
                    Answer _ = client.reserve(store, "SKU", 1, null);
                });
            }
            double sold = Moments.secondsSince(began);
            double written = awaitFiles(data, stores + selling);
            out.printf(
                    "a sale in each of %d stores (%.1f s): files complete %.1f s after the last%n",
                    selling, sold, written);
            stop(service, "after it");
        }
    }

    private static ServiceProcess start(Path data) throws IOException {
        ServiceProcess service = ServiceProcess.launchMeasured(HEAP, ServiceProcess.JAR, data, Map.of());
        URI _ = service.uri(PATIENCE);
        return service;
    }

    private void stop(ServiceProcess service, String when) throws IOException {
        long began = System.nanoTime();
        int exit = service.terminate();
        out.printf("SIGTERM %s: exit %d after %.1f s%n", when, exit, Moments.secondsSince(began));
    }

    private static double awaitFiles(Path data, long sequence) throws IOException {
        long began = System.nanoTime();
        if (!Moments.within(PATIENCE, () -> WritePathAlone.filesCover(data, sequence))) {
            throw new IOException("the inventory files are not complete after " + PATIENCE);
        }
        return Moments.secondsSince(began);
    }

    private static long files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("inventory"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).count();
        }
    }
}
