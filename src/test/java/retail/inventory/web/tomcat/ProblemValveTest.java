package retail.inventory.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.web.ClientAddress;
import retail.inventory.web.RequestLog;

/** What the web server refuses by itself. */
class ProblemValveTest {

    private final StoppingProtocol protocol = new StoppingProtocol();
    private final Tomcat tomcat = new Tomcat();
    private final List<Integer> refused = new CopyOnWriteArrayList<>();

    /** Paused as a stop pauses it, but between a request's first line and its headers. */
    private static final class StoppingProtocol extends Http11NioProtocol {
        private volatile boolean stops;
        private volatile boolean askedBefore;

        /** Asked before the first line is read, and again after it. */
        @Override
        public boolean isPaused() {
            boolean paused = stops && askedBefore;
            askedBefore = true;
            return paused || super.isPaused();
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Connector connector = new Connector(protocol);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(0);
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        tomcat.addContext("", directory.toString());
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setErrorReportValveClass(null);
        host.getPipeline()
                .addValve(new ProblemValve(
                        new RequestLog(ClientAddress.behind(""), 1000, 10, System::nanoTime, Runnable::run),
                        (request, status) -> refused.add(status)));
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void requestThatComesWhileTheServerStopsIsAskedToTryAgain() throws IOException {
        protocol.stops = true;

        String answer = answerTo("/stores/S1/inventory/SKU-1");

        assertThat(answer)
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("Retry-After: 1")
                .contains("urn:inventory:problem:stopping", "the service is stopping", "\"status\":503");
    }

    @Test
    void requestThatIsInvalidIsCalledSo() throws IOException {
        String answer = answerTo("/stores%00/S1");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("urn:inventory:problem:invalid-request", "its path, method or headers are not valid");
    }

    private String answerTo(String path) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
