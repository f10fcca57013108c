package retail.inventory.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import retail.inventory.InventoryApplication;
import retail.inventory.files.DiskHook;
import retail.inventory.files.HookedDisk;

/**
 * The real application on a free port of this machine with a data directory of its own, and a small client of it.
 *
 * <p>As a {@code @RegisterExtension static} field it runs as long as the tests of the class. Its methods may be called
 * by any number of threads, but not while it restarts.
 */
public final class RunningService implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<String> settings;
    private final BeanPostProcessor replaced;
    private @Nullable Path data;
    private @Nullable ConfigurableApplicationContext application;
    private int port;

    /** With no limit that tests of other things would run into. */
    public RunningService() {
        this("--inventory.admission.rate-limit-rps=0", "--inventory.admission.load-shed-queue-max=1000");
    }

    /** With settings of its own, as arguments of the command line. */
    public RunningService(String... settings) {
        this(new HookedDisk.Installer(DiskHook.NONE), settings);
    }

    /** With a hook before each operation on its disk. */
    RunningService(DiskHook disk, String... settings) {
        this(new HookedDisk.Installer(disk), settings);
    }

    /** With parts that the test puts in the place of its own. */
    RunningService(BeanPostProcessor replaced, String... settings) {
        this.replaced = replaced;
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        data = Files.createTempDirectory("inventory");
        start();
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        http.close();
        Objects.requireNonNull(application).close();
        FileSystemUtils.deleteRecursively(Objects.requireNonNull(data));
    }

    /** Stops the service in good order and starts it again on the same data. */
    void restart(String... arguments) {
        stop();
        start(arguments);
    }

    /** The same, but meanwhile a file of the data directory gets another content. */
    public void restartWith(String file, String content) {
        stop();
        Path path = file(file);
        try {
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** A part of the service. */
    <T> T bean(Class<T> type) {
        return Objects.requireNonNull(application).getBean(type);
    }

    /** Stops the service in good order. */
    public void stop() {
        Objects.requireNonNull(application).close();
    }

    /** Where the service keeps a file, or a directory of files. */
    public Path file(String name) {
        return Objects.requireNonNull(data).resolve(name);
    }

    /** Opens a connection to the service. */
    public Socket connect() throws IOException {
        return connect(new Socket());
    }

    /** Opens a connection that is soon full unless somebody reads from it. */
    Socket connectNarrowly() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        return connect(socket);
    }

    private Socket connect(Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** The same, but the inventory files are lost meanwhile: the log has to be enough. */
    void restartWithTheLogAlone() throws IOException {
        restartWithout("inventory");
    }

    /** The same, but the files of a directory are lost meanwhile. */
    void restartWithout(String directory) throws IOException {
        stop();
        deleteFilesOf(directory);
        start();
    }

    /** Deletes the files of a directory, while the service is stopped. */
    void deleteFilesOf(String directory) throws IOException {
        if (Files.exists(file(directory))) {
            try (Stream<Path> files = Files.list(file(directory))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Gets a path; headers are names and values in turn. */
    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Posts JSON to a path; headers are names and values in turn. */
    public Reply post(String path, String json, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return send("POST", path, BodyPublishers.ofString(json), all);
    }

    /** Adds to the stock of a SKU, or takes away. */
    public Reply adjust(String store, String sku, long delta, String... headers) {
        return post(path(store, sku) + "/adjust", "{\"delta\":" + delta + "}", headers);
    }

    /** Takes pieces of a SKU for a sale. */
    public Reply reserve(String store, String sku, long qty, String... headers) {
        return post(path(store, sku) + "/reserve", "{\"qty\":" + qty + "}", headers);
    }

    /** Reads a SKU. */
    public Reply read(String store, String sku, String... headers) {
        return get(path(store, sku), headers);
    }

    /** Where a SKU is. */
    public static String path(String store, String sku) {
        return "/stores/" + store + "/inventory/" + Encoded.text(sku);
    }

    /** Sends any request that is well-formed HTTP. */
    public Reply send(String method, String path, @Nullable BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            TreeMap<String, List<String>> received = new TreeMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            return new Reply(response.statusCode(), received, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Sends what no proper client would send, byte by byte as Latin-1, and reads until the service hangs up.
     *
     * @param request lines of it end with {@code \n} here and with CR LF on the wire; send {@code Connection: close}
     */
    public Reply raw(String request) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return RawReply.read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(request.lines().findFirst().orElse(""), e);
        }
    }

    /** Starts the service on its data; arguments are those of the command line. */
    public void start(String... arguments) {
        Stream<String> ours = Stream.of(
                "--inventory.web.host=127.0.0.1",
                "--inventory.web.port=0",
                "--inventory.web.allowed-hosts=x", // which raw requests of tests name
                "--inventory.log.format=text",
                "--inventory.disk.data-dir=" + data);
        ConfigurableApplicationContext started = new SpringApplicationBuilder(InventoryApplication.class)
                .main(InventoryApplication.class) // it is looked for on the stack otherwise, where a test has none
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(replaced))
                .run(Stream.concat(Stream.concat(ours, settings.stream()), Stream.of(arguments))
                        .toArray(String[]::new));
        application = started;
        port = started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
