package retail.inventory.several;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Moments;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;
import retail.inventory.process.ServiceProcess;
import tools.jackson.databind.json.JsonMapper;

/** One of several processes, and what it answers. All it is asked goes into a history. Safe for several threads. */
record Member(ServiceProcess process, Client client) {

    static final String STORE = "S1";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    /** One that is ready, or will be when this returns. */
    Member(ServiceProcess process) {
        this(process, new Client(process.uri()));
    }

    /** Sends a change; an operation that has no answer stays open in the history. */
    Reply change(History history, String sku, long delta, @Nullable String key) throws IOException {
        Operation operation = history.changes(STORE + "/" + sku, delta, null, key);
        Reply reply = delta > 0 ? client.adjust(STORE, sku, delta, key) : client.reserve(STORE, sku, -delta, key);
        return told(operation, reply);
    }

    /** Reads a SKU. */
    Reply read(History history, String sku) throws IOException {
        Operation operation = history.reads(STORE + "/" + sku);
        return told(operation, client.get("/stores/" + STORE + "/inventory/" + sku));
    }

    private static Reply told(Operation operation, Reply reply) {
        boolean _ =
                HttpOutcome.tell(operation, reply.status(), reply.replayed(), JSON.writeValueAsString(reply.body()));
        return reply;
    }

    /** Stops it as it is, {@code kill -STOP}, and waits until the operating system says so. */
    void stop() throws IOException {
        process.signal("STOP");
        Path state = Path.of("/proc/" + process.pid() + "/stat");
        if (!Moments.within(STOP_MAX, () -> isStopped(state))) {
            throw new IOException("process " + process.pid() + " does not stop");
        }
    }

    void goOn() throws IOException {
        process.signal("CONT");
    }

    /** Whether an answer says that a change was made. */
    static boolean accepted(Reply reply) {
        return reply.status() < 300;
    }

    /** Whether an answer says honestly that nothing was done, or that nobody knows. */
    static boolean honestError(Reply reply) {
        return reply.status() == 503;
    }

    private static boolean isStopped(Path stat) {
        try {
            String line = Files.readString(stat);
            return line.charAt(line.lastIndexOf(')') + 2) == 'T';
        } catch (IOException gone) {
            return false;
        }
    }
}
