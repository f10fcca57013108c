package retail.inventory.acceptance;

import static retail.inventory.acceptance.BadRequest.invalid;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Headers that break their rules, on requests that would be accepted without them. */
final class BadHeaders {

    private static final String WITNESS = RunningService.path(BadInputTest.STORE, BadInputTest.WITNESS);

    private BadHeaders() {}

    static Stream<BadRequest> rows() {
        return Stream.of(ifMatch(), idempotencyKey(), accept()).flatMap(rows -> rows);
    }

    private static Stream<BadRequest> ifMatch() {
        Stream<BadRequest> one = Stream.of(
                        "*",
                        "w/\"1\"",
                        "1",
                        "'1'",
                        "\"x\"",
                        "\"\"",
                        "\"1",
                        "\"01\"",
                        "\"-1\"",
                        "\"1.0\"",
                        "\"1\",\"2\"",
                        "\"1\", \"1\"",
                        "\" 1\"",
                        "\"99999999999999999999\"")
                .map(tag -> change("If-Match", "If-Match", tag));
        return Stream.concat(
                one,
                Stream.of(
                        raw("If-Match", "If-Match: \n"),
                        change("If-Match", "If-Match", "\"1\"", "If-Match", "\"1\""),
                        change("If-Match", "If-Match", "\"1\"", "If-Match", "\"2\""),
                        invalid(
                                "If-Match and another expectedVersion",
                                null,
                                service -> service.post(
                                        WITNESS + "/adjust",
                                        "{\"delta\":1,\"expectedVersion\":0}",
                                        "If-Match",
                                        "\"1\""))));
    }

    private static Stream<BadRequest> idempotencyKey() {
        String name = "Idempotency-Key";
        return Stream.of(
                change(name, name, "k".repeat(256)),
                change(name, name, "two words"),
                change(name, name, "tab\there"),
                change(name, name, "one", name, "two"),
                change(name, name, "same", name, "same"),
                raw(name, "Idempotency-Key:\n"),
                raw(name, "Idempotency-Key:    \n"),
                raw(name, "Idempotency-Key: \u00e4\n"),
                raw(name, "Idempotency-Key: k\u00c3\u00a4\n"));
    }

    private static Stream<BadRequest> accept() {
        return Stream.of("text/html", "application/xml", "text/event-stream", "image/*")
                .flatMap(accept -> Stream.of(
                        notAcceptable(
                                accept,
                                service ->
                                        service.adjust(BadInputTest.STORE, BadInputTest.WITNESS, 1, "Accept", accept)),
                        notAcceptable(
                                accept,
                                service ->
                                        service.reserve(BadInputTest.STORE, BadInputTest.WITNESS, 1, "Accept", accept)),
                        notAcceptable(
                                accept, service -> service.adjust(BadInputTest.STORE, "NOT-YET", 1, "Accept", accept)),
                        notAcceptable(accept, service -> service.get(WITNESS, "Accept", accept)),
                        notAcceptable(accept, service -> service.get("/health/readiness", "Accept", accept))));
    }

    private static BadRequest notAcceptable(String accept, BadRequest.Sender request) {
        return new BadRequest("Accept: " + accept, request, 406, "not-acceptable", null);
    }

    private static BadRequest change(@Nullable String field, String... headers) {
        return invalid(
                String.join(" ", headers),
                field,
                service -> service.adjust(BadInputTest.STORE, BadInputTest.WITNESS, 1, headers));
    }

    private static BadRequest raw(@Nullable String field, String headerLine) {
        return invalid(
                "raw " + headerLine.strip(),
                field,
                service -> service.raw("POST " + WITNESS + "/adjust HTTP/1.1\nHost: localhost\nConnection: close\n"
                        + "Content-Type: application/json\nContent-Length: 11\n" + headerLine + "\n{\"delta\":1}"));
    }
}
