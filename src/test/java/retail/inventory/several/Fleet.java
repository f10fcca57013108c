package retail.inventory.several;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import retail.inventory.process.ServiceProcess;

/** Processes of the jar on one data directory. */
final class Fleet implements AutoCloseable {

    static final int SIZE = 3;

    private final Path dataDir;
    private final Map<String, String> settings;
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Starts all of them; the first one with more settings than the others. */
    Fleet(Path dataDir, Map<String, String> settings, Map<String, String> ofTheFirst) throws IOException {
        this.dataDir = dataDir;
        this.settings = settings;
        List<ServiceProcess> starting = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            starting.add(launch(i == 0 ? ofTheFirst : Map.of()));
        }
        starting.forEach(process -> members.add(new Member(process)));
    }

    Member get(int index) {
        return members.get(index);
    }

    List<Member> all() {
        return List.copyOf(members);
    }

    /** Puts a new process in the place of one that has been killed, and waits until it is ready. */
    void replace(int index, Map<String, String> more) throws IOException {
        members.set(index, new Member(launch(more)));
    }

    private ServiceProcess launch(Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(settings);
        variables.put("LOCKS_ENABLED", "true");
        variables.put("IDEMP_TTL_MS", "86400000"); // as long as a history takes
        variables.putAll(more);
        return ServiceProcess.launch(dataDir, variables);
    }

    @Override
    public void close() {
        members.forEach(member -> member.process().kill());
    }
}
