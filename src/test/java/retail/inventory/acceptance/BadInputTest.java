package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends wrong, it is told what, nothing is changed and nothing breaks. */
class BadInputTest {

    static final String STORE = "STORE001";
    static final String WITNESS = "WITNESS";

    private static final long QTY_MAX = (1L << 53) - 1;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void stockTheWitness() {
        assertThat(SERVICE.adjust(STORE, WITNESS, 10).status()).isEqualTo(201);
    }

    static Stream<BadRequest> table() {
        return Stream.of(BadIds.rows(), BadBodies.rows(), BadHeaders.rows(), BadRoutes.rows())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void answersWithTheProblemAndChangesNothing(BadRequest bad) {
        String recordBefore = SERVICE.read(STORE, WITNESS).body();
        Reply readinessBefore = SERVICE.get("/health/readiness");

        Reply reply = bad.request().to(SERVICE);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(bad.status());
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.text("type")).isEqualTo("urn:inventory:problem:" + bad.slug());
        assertThat(reply.number("status")).isEqualTo(bad.status());
        assertThat(reply.text("title")).isNotBlank();
        assertThat(reply.text("detail"))
                .isNotBlank()
                .hasSizeLessThan(300)
                // The words of the parser and of Java classes are no help to the client.
                .doesNotContain("Exception", "java.", "jackson", "retail.", "Feature", "REDACTED", "`");
        assertThat(reply.text("instance")).startsWith("/");
        assertThat(reply.text("requestId")).isNotBlank().isEqualTo(reply.header("x-request-id"));
        assertThat(reply.header("allow") != null).isEqualTo(bad.status() == 405);
        if (bad.field() != null) {
            assertThat(reply.json().path("field").asString("")).as(reply.body()).isEqualTo(bad.field());
        }
        assertThat(SERVICE.read(STORE, WITNESS).body()).isEqualTo(recordBefore);
        Reply readiness = SERVICE.get("/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness.number("durableSequence")).isEqualTo(readinessBefore.number("durableSequence"));
        assertThat(readiness.number("skus")).isEqualTo(readinessBefore.number("skus"));
    }

    @Test
    void refusesAResultAboveTheMaximumAndKeepsTheStock() {
        SERVICE.adjust(STORE, "FULL", QTY_MAX);

        for (long more : new long[] {1, QTY_MAX}) {
            Reply reply = SERVICE.adjust(STORE, "FULL", more);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.isProblem("above-maximum")).isTrue();
            assertThat(reply.number("currentQty")).isEqualTo(QTY_MAX);
            assertThat(reply.number("currentVersion")).isEqualTo(1);
            assertThat(reply.header("etag")).startsWith("\"1.");
        }
        assertThat(SERVICE.read(STORE, "FULL").number("qty")).isEqualTo(QTY_MAX);
        assertThat(SERVICE.adjust(STORE, "FULL", -QTY_MAX).number("qty")).isZero();
    }

    @Test
    void takesBodiesUpToTheLimitAndNumbersAtTheEdges() {
        String padded = "{\"delta\":1" + " ".repeat(4 * 1024 - 11) + "}";
        assertThat(padded).hasSize(4 * 1024);

        assertThat(SERVICE.post(RunningService.path(STORE, "PADDED") + "/adjust", padded)
                        .status())
                .isEqualTo(201);
        Reply oneMore = SERVICE.post(RunningService.path(STORE, "PADDED") + "/adjust", padded + " ");
        assertThat(oneMore.isProblem("body-too-large")).isTrue();
        assertThat(SERVICE.reserve(STORE, "PADDED", QTY_MAX).isProblem("insufficient-stock"))
                .isTrue();
        assertThat(SERVICE.adjust(STORE, "PADDED", -QTY_MAX).isProblem("insufficient-stock"))
                .isTrue();
    }
}
