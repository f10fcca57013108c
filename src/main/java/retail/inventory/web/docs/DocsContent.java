package retail.inventory.web.docs;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;

/** A file of the jar as it is sent, read and compressed once: to do so for each request would cost a hundred times as much. */
final class DocsContent {

    private static final Pattern REFUSED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*$");

    private final byte[] plain;
    private final byte[] gzipped;
    private final String tag;

    private DocsContent(byte[] plain) throws IOException {
        this.plain = plain;
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        this.gzipped = compressed.toByteArray();
        // Of the content, for the times of all files in the jar are the same.
        this.tag = DigestUtils.md5DigestAsHex(plain);
    }

    static DocsContent read(String path) {
        try (InputStream content = new ClassPathResource(path).getInputStream()) {
            return new DocsContent(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    boolean isSmallerGzipped() {
        return gzipped.length < plain.length;
    }

    byte[] bytes(boolean gzip) {
        return gzip ? gzipped : plain;
    }

    /** Another one for each of the two, for they are not the same bytes. */
    String tag(boolean gzip) {
        return gzip ? "\"" + tag + "-gzip\"" : "\"" + tag + "\"";
    }

    /** Whether the client named gzip, and not with a weight of zero, which refuses it. */
    static boolean acceptsGzip(HttpServletRequest request) {
        for (String line : Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING))) {
            for (String coding : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String name = coding.replaceFirst(";.*", "").strip();
                if (name.equals("gzip")) {
                    return !REFUSED.matcher(coding).find();
                }
            }
        }
        return false;
    }
}
