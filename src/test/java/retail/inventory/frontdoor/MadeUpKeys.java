package retail.inventory.frontdoor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests of one address, each with another key that it has made up, a hundred at a time down one connection. */
final class MadeUpKeys {

    private static final int AT_ONCE = 100;

    private final URI service;
    private final InetAddress from;
    private int next;
    private int refused;
    private int others;

    MadeUpKeys(URI service, String from) {
        this.service = service;
        this.from = InetAddress.ofLiteral(from);
    }

    void send(int requests) throws IOException {
        while (next < requests) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort(), from, 0)) {
                socket.setSoTimeout(30_000);
                while (next < requests) {
                    socket.getOutputStream().write(batch());
                    read(socket.getInputStream());
                }
            } catch (EOFException | SocketException closed) {
                next++; // it may be, when connections run out; what was under way does not count
            }
        }
    }

    private byte[] batch() {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < AT_ONCE; i++) {
            batch.append("GET /stores/KEYS/inventory/NONE HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: made-up-")
                    .append(next++)
                    .append("\r\n\r\n");
        }
        return batch.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The answers to a batch: heads with a length, which this service always says here. */
    private void read(InputStream in) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    throw new EOFException("closed after " + head);
                }
                head.append((char) read);
            }
            String lines = head.toString();
            if (lines.startsWith("HTTP/1.1 429")) {
                refused++;
            } else {
                others++;
            }
            skip(in, lines);
        }
    }

    private static void skip(InputStream in, String head) throws IOException {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
                return;
            }
        }
        String chunk;
        do { // chunks, as Spring's answers come
            chunk = line(in);
            in.skipNBytes(Integer.parseInt(chunk, 16) + 2L);
        } while (!chunk.equals("0"));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("closed in " + line);
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    int refused() {
        return refused;
    }

    /** How many came in. */
    int others() {
        return others;
    }
}
