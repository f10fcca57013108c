package retail.inventory.contract;

import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import retail.inventory.acceptance.Reply;
import retail.inventory.acceptance.RunningService;

/**
 * A request and the answer it must get.
 *
 * @param status the status due
 * @param slug the problem type due, after {@code urn:inventory:problem:}; null when none is due
 * @param allowed whether the file allows the request, as far as a file can say that
 * @param path the path with its query
 * @param body what is sent; null = nothing
 * @param headers names and values in turn
 */
record Exchange(
        int status,
        @Nullable String slug,
        boolean allowed,
        String method,
        String path,
        @Nullable String body,
        List<String> headers) {

    static Exchange get(int status, String path, String... headers) {
        return new Exchange(status, null, true, "GET", path, null, List.of(headers));
    }

    static Exchange post(int status, String path, String body, String... headers) {
        List<String> given = List.of(headers);
        List<String> all = given.contains("Content-Type")
                ? given
                : Stream.concat(given.stream(), Stream.of("Content-Type", "application/json"))
                        .toList();
        return new Exchange(status, null, true, "POST", path, body, all);
    }

    static Exchange put(int status, String path, String body, String... headers) {
        Exchange post = post(status, path, body, headers);
        return new Exchange(status, null, true, "PUT", path, body, post.headers());
    }

    Exchange problem(String type) {
        return new Exchange(status, type, allowed, method, path, body, headers);
    }

    /** The same, of a request that the file forbids. */
    Exchange forbidden() {
        return new Exchange(status, slug, false, method, path, body, headers);
    }

    String pathWithoutQuery() {
        return path.replaceFirst("\\?.*", "");
    }

    Reply send(RunningService service) {
        return service.send(
                method, path, body == null ? null : BodyPublishers.ofString(body), headers.toArray(String[]::new));
    }

    /**
     * The request as the validator wants it.
     *
     * @param pathOfFile the path without the prefix of a server
     */
    Request request(String pathOfFile) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(method, pathOfFile);
        if (path.contains("?")) {
            for (String parameter : path.substring(path.indexOf('?') + 1).split("&", -1)) {
                request.withQueryParam(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
            }
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.withHeader(headers.get(i), headers.get(i + 1));
        }
        if (body != null) {
            request.withBody(body);
        }
        return request.build();
    }

    /** An answer as the validator wants it. */
    static Response response(Reply reply) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(reply.status());
        reply.headers().forEach(response::withHeader);
        return reply.body().isEmpty()
                ? response.build()
                : response.withBody(reply.body()).build();
    }

    @Override
    public String toString() {
        String sent = body == null ? "" : " " + (body.length() > 60 ? body.length() + " characters" : body);
        return String.format(
                Locale.ROOT, "%d %s %s %s%s %s", status, slug == null ? "" : slug, method, path, sent, headers);
    }
}
