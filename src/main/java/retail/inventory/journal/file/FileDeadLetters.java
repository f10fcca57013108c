package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import retail.inventory.files.Disk;
import retail.inventory.files.LineFile;
import retail.inventory.journal.DeadLetters;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters as lines of {@code dead-letter/log.jsonl}; the bytes stand in Base64, and as text where they are. */
final class FileDeadLetters implements DeadLetters {

    private final LineFile lines;
    private final InstantSource clock;
    private final JsonMapper json = new JsonMapper();

    FileDeadLetters(Disk disk, Path directory, InstantSource clock) {
        this.lines = new LineFile(disk, directory.resolve("log.jsonl"));
        this.clock = clock;
    }

    @Override
    public synchronized void keep(String reason, String place, byte[] bytes) throws IOException {
        Map<String, String> letter = new LinkedHashMap<>();
        letter.put("at", clock.instant().toString());
        letter.put("reason", reason);
        letter.put("place", place);
        letter.put("text", new String(bytes, StandardCharsets.UTF_8));
        letter.put("bytes", Base64.getEncoder().encodeToString(bytes));
        lines.add(json.writeValueAsBytes(letter));
    }
}
