package retail.inventory.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/** Processes of the jar on one data directory, each with a client. */
public final class Fleet implements AutoCloseable {

    public static final int SIZE = 3;

    private final Map<String, String> settings;
    private final ClientRecord told;
    private final List<Target> members = new CopyOnWriteArrayList<>();

    /** Starts all of them; the first one with more settings than the others. */
    public Fleet(Path dataDir, Map<String, String> settings, Map<String, String> ofTheFirst, Findings findings)
            throws IOException {
        this.settings = settings;
        this.told = new ClientRecord(dataDir, Tally.honest(findings), findings, new Random());
        List<ServiceProcess> starting = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            starting.add(launch(i == 0 ? ofTheFirst : Map.of()));
        }
        starting.forEach(process -> members.add(told.target(process)));
    }

    /** What their clients were told. */
    public ClientRecord told() {
        return told;
    }

    public ServiceProcess process(int index) {
        return members.get(index).process();
    }

    public RecordingClient client(int index) {
        return members.get(index).client();
    }

    /**
     * Clients who write and read all the time, each at any of them.
     *
     * @param clockLeaps whether the clock of one of them does
     */
    public Traffic traffic(boolean clockLeaps) {
        Style style = Style.wandering(clockLeaps);
        return told.traffic(() -> members.get(told.random().nextInt(SIZE)), style, "w", nothingElse -> {});
    }

    /** Reads all that {@link #traffic} writes, of each of them. */
    public void readAll() throws IOException {
        for (Target each : members) {
            for (String store : Traffic.STORES) {
                for (String sku : Traffic.SKUS) {
                    Answer _ = each.client().read(store, sku);
                }
            }
        }
    }

    /** Puts a new process in the place of one that has been killed, and waits until it is ready. */
    public void replace(int index, Map<String, String> more) throws IOException {
        members.set(index, told.target(launch(more)));
    }

    private ServiceProcess launch(Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(settings);
        variables.put("LOCKS_ENABLED", "true");
        variables.put("IDEMP_TTL_MS", "86400000"); // as long as a history takes
        variables.putAll(more);
        return ServiceProcess.launch(told.dataDir(), variables);
    }

    @Override
    public void close() {
        members.forEach(member -> member.process().kill());
    }
}
