package retail.inventory.contract;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.acceptance.RawReply;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** A client that takes too long to send its body gets the 408 of {@code openapi.yaml}. */
class SlowClientContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    /** All at once, for each takes seconds. */
    @Test
    void answersAsTheFileSays() throws IOException {
        Map<Answer, Socket> clients = new LinkedHashMap<>();
        try {
            for (Answer answer : FILE.of(SlowClientContractTest.class).toList()) {
                Socket client = SERVICE.connect();
                clients.put(answer, client);
                client.getOutputStream().write(beginning(answer));
            }
            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                boolean allAnswered = !clients.isEmpty();
                for (Socket client : clients.values()) {
                    if (client.getInputStream().available() == 0) {
                        client.getOutputStream().write(' ');
                        allAnswered = false;
                    }
                }
                return allAnswered;
            });
            for (Map.Entry<Answer, Socket> client : clients.entrySet()) {
                client.getValue().shutdownOutput(); // or the service would wait for the rest of the body
                OpenApiFile.require(
                        client.getKey(), RawReply.read(client.getValue().getInputStream()));
            }
        } finally {
            for (Socket client : clients.values()) {
                client.close();
            }
        }
    }

    private static byte[] beginning(Answer answer) {
        String request = answer.method() + " " + answer.anyPath() + " HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{";
        return request.getBytes(StandardCharsets.US_ASCII);
    }
}
