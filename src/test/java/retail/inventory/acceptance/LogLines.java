package retail.inventory.acceptance;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines that a running service writes, as the JSON that machines get; for the time it is open. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Logger logger = (Logger) LoggerFactory.getLogger("retail.inventory");
    private final Logger silenced = (Logger) LoggerFactory.getLogger("retail.inventory.journal.file");
    private final @Nullable Level level = logger.getLevel();
    private final @Nullable Level silencedLevel = silenced.getLevel();
    private final LogstashEncoder encoder = new LogstashEncoder();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();

    /** Begins to listen; the service must have started. */
    LogLines() {
        setContext(logger.getLoggerContext());
        encoder.setContext(logger.getLoggerContext());
        encoder.start();
        start();
        logger.setLevel(Level.INFO); // as a service has it, unlike tests
        silenced.setLevel(null);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        all.add(JSON.readTree(new String(encoder.encode(event), StandardCharsets.UTF_8)));
    }

    /** All lines so far. */
    List<JsonNode> all() {
        return all;
    }

    /** Those of a request; there must be one at least, which may come a moment after the answer. */
    List<JsonNode> of(String requestId) {
        await().until(() -> !with("requestId", requestId).isEmpty());
        return with("requestId", requestId);
    }

    /** Those whose field has this value. */
    List<JsonNode> with(String field, String value) {
        return all.stream()
                .filter(line -> line.path(field).asString("").equals(value))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        silenced.setLevel(silencedLevel);
        logger.setLevel(level);
        stop();
        encoder.stop();
    }
}
