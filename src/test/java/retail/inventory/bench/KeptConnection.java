package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import retail.inventory.ledger.HttpConnection;
import retail.inventory.ledger.HttpConnection.Answer;

/** A connection to the service, kept while it works and opened anew after it broke. Not thread-safe. */
final class KeptConnection implements AutoCloseable {

    private final URI baseUrl;
    private Optional<HttpConnection> open = Optional.empty();

    private interface Request {
        Answer on(HttpConnection connection) throws IOException;
    }

    KeptConnection(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    Answer get(String target) throws IOException {
        return exchange(connection -> connection.get(target));
    }

    Answer post(String target, String json) throws IOException {
        return exchange(connection -> connection.post(target, json));
    }

    @Override
    public void close() {
        open.ifPresent(HttpConnection::close);
        open = Optional.empty();
    }

    private Answer exchange(Request request) throws IOException {
        try {
            if (open.isEmpty()) {
                open = Optional.of(new HttpConnection(baseUrl));
            }
            Answer answer = request.on(open.get());
            if (answer.closesConnection()) {
                close();
            }
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        }
    }
}
