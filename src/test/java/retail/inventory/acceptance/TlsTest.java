package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that was given a certificate speaks TLS only, and takes the next certificate while it runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsTest {

    private static final PemFiles FILES = PemFiles.of("first");

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.web.tls-cert=" + FILES.certificate(), "--inventory.web.tls-key=" + FILES.key());

    /** What comes back from a service that shows the certificate in the file, and no other. */
    private static String answer(String request, String... protocols) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        Collection<?> all =
                CertificateFactory.getInstance("X.509").generateCertificates(Files.newInputStream(FILES.certificate()));
        trusted.setCertificateEntry("it", (X509Certificate) all.iterator().next());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = SERVICE.connect();
                SSLSocket socket = (SSLSocket)
                        context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String live(String... protocols) throws IOException, GeneralSecurityException {
        return answer("GET /health/liveness HTTP/1.1\nHost: localhost\nConnection: close\n\n", protocols);
    }

    @Test
    @Order(1)
    void itSpeaksTlsAndHasBrowsersDoSoToo() throws IOException, GeneralSecurityException {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(live(protocol))
                    .startsWith("HTTP/1.1 200")
                    .contains("{\"status\":\"ok\"}")
                    .containsOnlyOnce("Strict-Transport-Security: max-age=31536000\r\n");
        }
        assertThat(answer("GET /nothing HTTP/1.1\nHost: a b\n\n"))
                .startsWith("HTTP/1.1 400")
                .containsOnlyOnce("Strict-Transport-Security: max-age=31536000\r\n");
    }

    @Test
    @Order(2)
    void whoSpeaksPlainHttpGetsNothing() {
        Reply reply = SERVICE.raw("GET /health/liveness HTTP/1.1\nHost: x\nConnection: close\n\n");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("requires TLS").doesNotContain("\"ok\"");
    }

    @Test
    @Order(3)
    void anotherCertificateIsTakenWithoutARestart() throws IOException, GeneralSecurityException {
        FILES.renew("second");
        assertThatThrownBy(TlsTest::live).as("the one before is shown still").isInstanceOf(SSLHandshakeException.class);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(SSLHandshakeException.class)
                .until(() -> live().startsWith("HTTP/1.1 200"));
    }

    @Test
    @Order(4)
    void itDoesNotStartWithHalfOfACertificate() throws IOException {
        SERVICE.stop();
        Files.writeString(FILES.key(), "no key");
        assertThatThrownBy(SERVICE::start).rootCause().hasMessageContaining("key");
        Files.delete(FILES.key());
        assertThatThrownBy(SERVICE::start).rootCause().hasMessageContaining("tls.key");
    }
}
