package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import retail.inventory.command.Commands;
import retail.inventory.files.Checksum;

/** Keys for a service, made as its operator makes them. */
public final class IssuedKeys {

    private final RunningService service;
    private final Map<String, String> texts = new HashMap<>();

    /** None yet. */
    public IssuedKeys(RunningService service) {
        this.service = service;
    }

    /** Makes one, by the options of {@code key create} beside its name. */
    public void create(String name, String options) {
        texts.put(name, run("key create --name " + name + " " + options));
    }

    /** Waits until the service knows one. */
    public void awaitUse(String name) {
        await().until(() ->
                service.get("/", as(name)).status() == 200 && service.get("/").status() == 401);
    }

    /** Gives one another text. */
    void rotate(String name) {
        texts.put(name, run("key rotate " + name + " --grace 1h"));
    }

    /** Takes one back. */
    public void revoke(String name) {
        run("key revoke " + name);
    }

    /** Gives one other stores, as whoever keeps the file of keys elsewhere may; there is no command for it. */
    void regrant(String name, String... stores) {
        Path file = service.file("access/keys.jsonl");
        try {
            StringBuilder all = new StringBuilder();
            for (String line : Files.readAllLines(file)) {
                all.append(line.contains("\"name\":\"" + name + "\"") ? withStores(line, stores) : line)
                        .append('\n');
            }
            Files.writeString(file, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withStores(String line, String... stores) {
        byte[] open = line.substring(0, line.indexOf(",\"crc\""))
                .replaceAll("\"stores\":\\[[^]]*]", "\"stores\":[\"" + String.join("\",\"", stores) + "\"]")
                .getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(open, open.length + Checksum.BYTES);
        Checksum.append(sealed, 0, open.length);
        return new String(sealed, StandardCharsets.UTF_8);
    }

    /** The latest text of one. */
    public String text(String name) {
        return Objects.requireNonNull(texts.get(name));
    }

    /** The headers of a request with one. */
    public String[] as(String name) {
        return new String[] {"Authorization", "Bearer " + text(name)};
    }

    private String run(String arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
        all.addAll(List.of("--data-dir", service.file("").toString()));
        int exitCode = Commands.run(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), all.toArray(String[]::new));
        assertThat(exitCode).isZero();
        return out.toString().strip();
    }
}
