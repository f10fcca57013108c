package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists of holds for somebody for whom there are some stores only. */
class ScopedHoldsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void holds() {
        SERVICE.adjust("S1", "K", 10);
        SERVICE.adjust("S2", "K", 10);
        int seconds = 100;
        for (String hold : List.of("list-1 S2", "list-2 S1", "list-3 S1 S2", "list-4 S1", "list-5 S2")) {
            String[] words = hold.split(" ", -1);
            String[] lines = Stream.of(words)
                    .skip(1)
                    .map(store -> Baskets.line(store, "K", 1))
                    .toArray(String[]::new);
            String told = ",\"reference\":\"listed\",\"ttlSeconds\":" + seconds++;
            String body = "{" + Baskets.lines(lines) + told + "}";
            assertThat(new Baskets(SERVICE).place(words[0], body).status()).isEqualTo(201);
        }
        KEYS.create("till", "--role till --store S1");
        KEYS.create("shop", "--role shop");
        KEYS.awaitUse("shop");
    }

    private static Reply list(String query, String who) {
        return SERVICE.get("/holds?" + query, KEYS.as(who));
    }

    private static List<String> ids(Reply reply) {
        return reply.json()
                .get("holds")
                .valueStream()
                .map(hold -> hold.get("holdId").asString())
                .toList();
    }

    @Test
    void pagesDoNotLeadOverHoldsOfOthers() {
        Reply first = list("reference=listed&limit=1", "till");
        assertThat(ids(first)).containsExactly("list-2");
        assertThat(first.text("next")).isEqualTo("list-2");
        Reply rest = list("reference=listed&limit=2&after=list-2", "till");
        assertThat(ids(rest)).containsExactly("list-4");
        assertThat(rest.json().has("next")).isFalse();
        assertThat(list("reference=listed&limit=2", "shop").text("next")).isEqualTo("list-2");
    }

    @Test
    void thoseThatEndFirstAreOnesOwn() {
        assertThat(ids(list("expiringWithin=1000&limit=2", "till"))).containsExactly("list-2", "list-4");
        assertThat(ids(list("expiringWithin=1000&limit=2", "shop"))).containsExactly("list-1", "list-2");
    }
}
