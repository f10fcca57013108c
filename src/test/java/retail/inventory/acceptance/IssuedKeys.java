package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import retail.inventory.command.Commands;

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
