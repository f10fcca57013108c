package retail.inventory.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import retail.inventory.InventoryApplication;

/** What a start with a bad setting says, inside this process; {@code StartIT} has a few of them as people see them. */
class StartFailureAnalyzerTest {

    @TempDir
    Path directory;

    private @Nullable Environment environment;

    @AfterEach
    void reportAgain() {
        reporter().setLevel(null);
    }

    /** Logback's, which it is as soon as a start has made logs work. */
    private static Logger reporter() {
        return (Logger) LoggerFactory.getLogger(StartFailureReporter.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PORT=http | must be a whole number
                    IDEMP_TTL_MS=soon | must be a whole number
                    SHUTDOWN_TIMEOUT_MS=-1 | must be a whole number of milliseconds from 1000 to 3600000
                    BREAKER_THRESHOLD=1.5 | must be a number above 0 and at most 1
                    BREAKER_THRESHOLD=half | must be a number like 0.5
                    CONCURRENCY_API=0 | must be a whole number from 1 to 10000
                    RATE_LIMIT_RPS=-1 | from 0 (no limit) to 1000000
                    LOCK_REJECT_STATUS=200 | must be 409, 423, 429 or 503
                    LOCK_RETRY_AFTER_MS=0 | must be a whole number of milliseconds from 1 to 600000
                    LOCK_TTL_MS=0 | must be a whole number of milliseconds from 100 to 600000
                    LOCK_RENEW_MS=2000 | must be less than LOCK_TTL_MS, which is 2000
                    SLOW_REQUEST_MS=0 | must be a whole number of milliseconds from 1 to 600000
                    TRUSTED_PROXIES=10.0.0.0/33 | must be addresses or CIDR blocks separated by commas
                    KEEP_ALIVE_MS=0 | must be a whole number of milliseconds from 1000 to 3600000
                    CONNECTIONS_MAX=-1 | must be a whole number from 0 (by the heap) to 100000
                    TRUSTED_PROXIES=proxy.local | must be addresses or CIDR blocks separated by commas
                    ALLOWED_HOSTS=shop.example:3000 | must be names of hosts, without ports, separated by commas
                    ALLOWED_HOSTS=shop.example,, | must be names of hosts, without ports, separated by commas
                    ACCESS=closed | must be open, required, or nothing
                    ACCESS_JWT_STORES= | must name a claim
                    ALLOWED_HOSTS=* | must be names of hosts, without ports, separated by commas
                    CORS_ORIGINS=* | must be origins as browsers send them
                    CORS_ORIGINS=https://shop.example/ | must be origins as browsers send them
                    CORS_ORIGINS=shop.example | must be origins as browsers send them
                    CORS_ORIGINS=null | must be origins as browsers send them
                    LOCKS_ENABLED=maybe | must be true or false
                    PORT=tcp://10.96.0.18:8080 | must be a whole number
                    inventory.web.port=http | must be a whole number
                    inventory.web.slow-request-ms=0 | must be a whole number of milliseconds from 1 to 600000
                    server.port=http | must be a whole number
                    """)
    void namesVariableValueAndRuleOfABadSetting(String setting, String rule) {
        String sentence = analysis(setting).getDescription();
        assertThat(sentence).contains(setting).contains(rule).doesNotContain("\n");
    }

    /** PORT is right, and what is wrong is not PORT. */
    @ParameterizedTest
    @ValueSource(strings = {"inventory.web.port=http", "server.port=tcp://10.96.0.19:8080"})
    void namesTheArgumentThatSetsAPropertyAndNotTheVariableThatCould(String argument) {
        assertThat(analysis(argument).getDescription())
                .startsWith("--" + argument + " is not usable")
                .doesNotContain("PORT=");
    }

    @Test
    void saysWhatToDoAboutAVariableThatKubernetesSets() {
        assertThat(analysis("PORT=tcp://10.96.0.18:8080").getAction()).contains("enableServiceLinks: false");
        assertThat(analysis("PORT=http").getAction()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HOST=0.0.0.0 | HOST is 0.0.0.0, so others can reach it
                    server.address= | so others can reach it
                    server.address=0.0.0.0 | HOST is 0.0.0.0, so others can reach it
                    ACCESS=required | there is no key, so nobody could do anything
                    ACCESS_KEYS_FILE=/nowhere/keys.jsonl | There is no file /nowhere/keys.jsonl
                    ACCESS_JWT_ISSUER=http://id.example | it must be a URL like https://id.example/realms/shop
                    ACCESS_JWT_ISSUER=https://id.example | ACCESS_JWT_AUDIENCE is not
                    ACCESS_JWT_AUDIENCE=inventory | ACCESS_JWT_ISSUER is not
                    TLS_CERT=/nowhere/tls.crt | TLS_KEY= (default ) is not usable: it must be set where the other one
                    TLS_KEY=/nowhere/tls.key | TLS_CERT= (default ) is not usable: it must be set where the other one
                    """)
    void saysThatAKeyIsMissing(String setting, String why) {
        assertThat(analysis(setting).getDescription()).contains(why).doesNotContain("\n");
    }

    @Test
    void saysWhatIsWrongWithACertificate() {
        String tls = "TLS_CERT=/nowhere/tls.crt (default ) with TLS_KEY=/nowhere/tls.key (default ) cannot be used (";
        assertThat(analysis("TLS_CERT=/nowhere/tls.crt", "TLS_KEY=/nowhere/tls.key")
                        .getDescription())
                .startsWith(tls)
                .contains("/nowhere/tls.key (No such file or directory)): name a certificate")
                .doesNotContain("\n");
    }

    private FailureAnalysis analysis(String... settings) {
        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(InventoryApplication.class)
                .main(InventoryApplication.class)
                .initializers(context -> {
                    environment = context.getEnvironment();
                    reporter().setLevel(Level.OFF);
                })
                .properties("PORT=0", "LOG_FORMAT=text", "DATA_DIR=" + directory)
                .run(Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new)));

        return requireNonNull(new StartFailureAnalyzer(requireNonNull(environment)).analyze(failure));
    }
}
