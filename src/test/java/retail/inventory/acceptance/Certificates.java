package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Certificates that nobody signed but themselves, as files of PEM. */
final class Certificates {

    private static final String PASSWORD = "secret";

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    Path cert() {
        return directory.resolve("tls.crt");
    }

    Path key() {
        return directory.resolve("tls.key");
    }

    /** Puts one where the service looks for it. */
    void install(String name) throws IOException {
        try {
            KeyStore store = store(name);
            write(key(), "PRIVATE KEY", key(store).getEncoded());
            write(cert(), "CERTIFICATE", store.getCertificate("tls").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    BigInteger serial(String name) throws IOException, GeneralSecurityException {
        return ((X509Certificate) store(name).getCertificate("tls")).getSerialNumber();
    }

    private static Key key(KeyStore store) throws GeneralSecurityException {
        return store.getKey("tls", PASSWORD.toCharArray());
    }

    /** Made by the JDK's own tool: no class of its does that for others. */
    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        if (!Files.exists(file)) {
            Process made =
                    new ProcessBuilder(command(file)).redirectErrorStream(true).start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                assertThat(made.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(made.exitValue()).as(said).isZero();
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static String[] command(Path file) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        return (tool + " -genkeypair -alias tls -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass " + PASSWORD
                        + " -keystore " + file)
                .split(" ", -1);
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path written = Files.writeString(
                file.resolveSibling(file.getFileName() + ".new"),
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
