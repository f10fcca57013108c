package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are encrypted, and a certificate that is put in the place of another. */
class TlsTest {

    private static final Duration RELOADED_WITHIN = Duration.ofSeconds(30);

    @TempDir
    private static Path files;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static Certificates certificates;

    @BeforeAll
    static void encrypt() throws Exception {
        certificates = new Certificates(files);
        certificates.install("one");
        SERVICE.stop();
        SERVICE.start(arguments());
    }

    @AfterEach
    void asBefore() throws IOException {
        certificates.install("one");
    }

    private static String[] arguments() {
        return new String[] {"--inventory.tls.cert=" + certificates.cert(), "--inventory.tls.key=" + certificates.key()
        };
    }

    private static String get(String protocol) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = encrypted(protocol)) {
            socket.getOutputStream()
                    .write("GET /health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SSLSocket encrypted(String protocol) throws IOException, GeneralSecurityException {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {new TrustingAll()}, null);
        Socket plain = SERVICE.connect();
        SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** The serial number of the certificate that a new connection is shown. */
    private static BigInteger shown() {
        try (SSLSocket socket = encrypted("TLSv1.3")) {
            Certificate first = socket.getSession().getPeerCertificates()[0];
            return ((X509Certificate) first).getSerialNumber();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answersEncryptedAlone() throws Exception {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(get(protocol))
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security: max-age=31536000", "\"ready\":true");
        }
        Reply plain = SERVICE.raw("GET /health/readiness HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertThat(plain.status()).isEqualTo(400);
        assertThatThrownBy(() -> get("TLSv1.1")).isInstanceOf(IOException.class);
    }

    @Test
    void aCertificateIsReplacedWithoutAStart() throws Exception {
        assertThat(shown()).isEqualTo(certificates.serial("one"));
        certificates.install("two");
        await().atMost(RELOADED_WITHIN).until(() -> shown().equals(certificates.serial("two")));
        certificates.install("one");
        await().atMost(RELOADED_WITHIN).until(() -> shown().equals(certificates.serial("one")));
    }

    @Test
    void aFileThatIsNoneChangesNothing() throws Exception {
        BigInteger before = shown();
        Files.writeString(certificates.cert(), "no certificate");
        await().during(Duration.ofSeconds(5)).atMost(RELOADED_WITHIN).until(() -> shown().equals(before));
    }

    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
