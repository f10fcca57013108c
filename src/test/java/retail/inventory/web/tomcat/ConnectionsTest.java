package retail.inventory.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of a web server that has room for few: what has had its time, and who makes way for whom. */
class ConnectionsTest {

    private static final int MAX = 16;
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: x\r\n";
    private static final String WORK = "GET /work HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST_REQUEST = HEAD + "Connection: close\r\n\r\n";

    private final ConnectionsEndpoint endpoint = new ConnectionsEndpoint();
    private final Tomcat tomcat = new Tomcat();
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger inWork = new AtomicInteger();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        HttpProtocol protocol = new HttpProtocol(endpoint);
        protocol.setKeepAliveTimeout(75_000);
        protocol.bound(MAX, new ClosedConnections());
        Connector connector = new Connector(protocol);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("useVirtualThreads", "true");
        connector.setPort(0);
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "test", new TestServlet()).addMapping("/");
        tomcat.start();
    }

    /** Answers at once; or when the body is there; or when the test ends. */
    private final class TestServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/read")) {
                request.getInputStream().readAllBytes();
            } else if (request.getRequestURI().equals("/work")) {
                inWork.incrementAndGet();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            response.getOutputStream().print("fine");
        }
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aHeadHasFifteenSecondsInAllHoweverItsBytesCome() throws IOException {
        Socket slow = open(HEAD);
        await().untilAsserted(() -> {
            slow.getOutputStream().write('a'); // the latest byte is new, the head is old
            sweepIn(14);
            assertThat(isClosed(slow)).isFalse();
        });
        await().until(() -> {
            sweepIn(16);
            return isClosed(slow);
        });
    }

    @Test
    void aBodyThatNobodyReadsHasFiveSecondsToo() throws IOException {
        Socket ignored = open("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        await().until(() -> {
            sweepIn(0);
            sweepIn(6);
            return isClosed(ignored);
        });
    }

    @Test
    void whatIsIdleOrBeingWorkedOnHasNoSuchLimit() throws Exception {
        Socket idle = open(HEAD + "\r\n");
        await().until(() -> idle.getInputStream().available() > 0);
        Socket working = open(WORK);
        await().until(() -> inWork.get() == 1);
        sweepIn(60);
        sweepIn(600);
        assertThat(isClosed(idle)).isFalse();
        assertThat(isClosed(working)).isFalse();
    }

    @Test
    void unfinishedHeadsMakeWayBeforeIdleOnes() throws IOException {
        Socket idle = open(HEAD + "\r\n");
        await().until(() -> idle.getInputStream().available() > 0);
        for (int i = 0; i < 5 * MAX; i++) {
            open(HEAD);
        }
        requireService();
        assertThat(isClosed(idle)).isFalse();
    }

    @Test
    void halfSentBodiesMakeWay() throws IOException {
        for (int i = 0; i < 3 * MAX; i++) {
            open("POST /ignored HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        }
        requireService();
    }

    @Test
    void silentOnesMakeWay() throws IOException {
        for (int i = 0; i < 5 * MAX; i++) {
            open("");
        }
        requireService();
    }

    @Test
    void idleOnesMakeWayOldestFirst() throws IOException {
        Socket oldest = open(HEAD + "\r\n");
        await().until(() -> oldest.getInputStream().available() > 0);
        for (int i = 0; i < MAX; i++) {
            Socket idle = open(HEAD + "\r\n");
            await().until(() -> idle.getInputStream().available() > 0);
        }
        requireService();
        await().until(() -> isClosed(oldest));
    }

    @Test
    void aRequestInWorkMakesWayForNobody() throws Exception {
        Socket working = open(WORK);
        await().until(() -> inWork.get() == 1);
        for (int i = 0; i < 5 * MAX; i++) {
            open(HEAD);
        }
        requireService();
        end.countDown();
        assertThat(new String(working.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
    }

    @Test
    void aNewcomerIsGivenTimeToSendItsHeadWhileAllOthersAreBeingWorkedOn() throws IOException {
        int others = MAX - 2;
        await().until(
                        () -> { // each again where this machine takes longer than the time that a newcomer is given
                            int before = inWork.get();
                            Socket working = open(WORK);
                            await().until(() -> inWork.get() > before || isClosed(working));
                            return inWork.get() == others;
                        });
        await().until(() -> {
            Socket newcomer = open("");
            await().until(() -> endpoint.getConnectionCount() > others || isClosed(newcomer));
            endpoint.ours().makeWay(MAX);
            return !isClosed(newcomer);
        });
    }

    @Test
    void whoHasMostOfThemMakesWayFirst() throws IOException {
        Socket modest = open("127.0.0.2", HEAD);
        for (int i = 0; i < 5 * MAX; i++) {
            open(HEAD);
        }
        requireService();
        assertThat(isClosed(modest)).isFalse();
    }

    private void requireService() throws IOException {
        assertThat(answer(open(LAST_REQUEST))).startsWith("HTTP/1.1 200").endsWith("fine");
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private void sweepIn(long seconds) {
        endpoint.ours().sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    private Socket open(String bytes) throws IOException {
        return open("127.0.0.1", bytes);
    }

    private Socket open(String from, String bytes) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort()));
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Whether the service has closed it; what it has sent before is read. */
    private static boolean isClosed(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(50);
        try {
            while (in.read() >= 0) {
                // an answer
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }
}
