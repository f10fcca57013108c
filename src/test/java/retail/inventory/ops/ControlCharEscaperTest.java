package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log looks like to people, whatever comes from outside. */
class ControlCharEscaperTest {

    private static final String CONFIGURATION = """
            <configuration>
              <include resource="logback-text.xml"/>
              <root level="WARN"><appender-ref ref="console"/></root>
            </configuration>
            """;

    private static final String LINE = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  ";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isALineOfTimeLevelAndWords() {
        assertThat(written("Closed for 2 s: ünïcode\ttoo", null))
                .matches(LINE + "Closed for 2 s: ünïcode\\\\u0009too\n");
    }

    @Test
    void hasTheRequestAndItsTrace() {
        context.getMDCAdapter().put("requestId", "web-7");
        assertThat(written("A", null)).matches(LINE + "A \\[web-7]\n");
        context.getMDCAdapter().put("traceId", "0af7651916cd43dd8448eb211c80319c");
        assertThat(written("A", null)).matches(LINE + "A \\[web-7 0af7651916cd43dd8448eb211c80319c]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\u001b[2K", "\u0000"})
    void keepsOneLineOne(String forged) {
        assertThat(written("Bad" + forged + "12:00:00.000 INFO  All is well", null))
                .matches(LINE + "Bad(\\\\u[0-9a-f]{4}){1,2}(\\[2K)?12:00:00\\.000 INFO {2}All is well\n");
    }

    @Test
    void indentsAStackTraceAndWhatItsMessageHas() {
        String written =
                written("Bad", new IllegalStateException("no\r\n12:00:00.000 INFO  All is well", new Error("x")));

        assertThat(written.lines().toList())
                .hasSizeGreaterThan(5)
                .first()
                .asString()
                .matches(LINE + "Bad");
        assertThat(written.lines().toList().get(1)).startsWith("java.lang.IllegalStateException: no\\u000d");
        assertThat(written.lines().skip(2)).allMatch(line -> line.startsWith("\t"));
        assertThat(written).endsWith("\n").doesNotContain("\r").contains("Caused by: java.lang.Error: x");
    }

    private String written(String message, @Nullable Throwable thrown) {
        Logger logger = context.getLogger("retail.inventory.ops.ControlCharEscaperTest");
        LoggingEvent event =
                new LoggingEvent(getClass().getName(), logger, Level.WARN, "{}", thrown, new Object[] {message});
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) Objects.requireNonNull(
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console"));
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8)
                .replace(System.lineSeparator(), "\n");
    }
}
