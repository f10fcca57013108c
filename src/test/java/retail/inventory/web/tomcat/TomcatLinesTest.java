package retail.inventory.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TomcatLinesTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        TomcatLines limit = new TomcatLines();
        limit.start();
        context.addTurboFilter(limit);
        lines.setContext(context);
        lines.start();
        context.getLogger("ROOT").setLevel(Level.WARN);
        context.getLogger("ROOT").addAppender(lines);
    }

    @Test
    void aFloodOfSomebodyElsesErrorsIsNoFloodOfTheLog() {
        for (int i = 0; i < 1000; i++) {
            context.getLogger("org.apache.catalina.core").error("stumbled", new IllegalStateException());
            context.getLogger("org.springframework.web").warn("stumbled");
            context.getLogger("org.springframework.web").info("not written anyway");
        }

        assertThat(lines.list).hasSizeBetween(20, 200); // ten a second of each, on the slowest of machines
    }

    @Test
    void ourOwnLinesAreNotLimitedHere() {
        for (int i = 0; i < 1000; i++) {
            context.getLogger("retail.inventory.web.RequestLog").warn("refused");
        }

        assertThat(lines.list).hasSize(1000);
    }
}
