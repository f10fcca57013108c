package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;

/** A certificate of this machine's and its key, in files as operators have them; made by the JDK's keytool. */
final class PemFiles {

    private static final String PASSWORD = "secret";

    private final Path directory;

    private PemFiles(Path directory) {
        this.directory = directory;
    }

    static PemFiles of(String name) {
        try {
            PemFiles files = new PemFiles(Files.createTempDirectory("tls"));
            files.renew(name);
            return files;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path certificate() {
        return directory.resolve("tls.crt");
    }

    Path key() {
        return directory.resolve("tls.key");
    }

    /** Puts another pair in their place. */
    void renew(String name) throws IOException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(keytool.waitFor()).as(said).isZero();
            KeyStore pair = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            byte[] key = Objects.requireNonNull(pair.getKey(name, PASSWORD.toCharArray()))
                    .getEncoded();
            write(key(), "PRIVATE KEY", key);
            write(certificate(), "CERTIFICATE", pair.getCertificate(name).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void write(Path file, String what, byte[] bytes) throws IOException {
        byte[] lineEnd = {'\n'};
        Path next = directory.resolve("next");
        Files.writeString(
                next,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, lineEnd).encodeToString(bytes) + "\n-----END " + what + "-----\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
