package retail.inventory.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.service.Answer;
import retail.inventory.service.Answer.Accepted;
import retail.inventory.service.Answer.KeyReused;
import retail.inventory.service.Answer.Refused;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** What any form of {@link Stock} does with sales of several SKUs; the rest is in {@link StockContract}. */
abstract class SeveralSkusContract {

    static final StockKey KEY = new StockKey("S1", "A");
    private static final StockKey OTHER = new StockKey("S2", "A");

    /** Each node once in turn, so that any two requests may meet different ones. */
    abstract Stock stock();

    /** How many there are. */
    abstract int nodes();

    @Test
    void saleOfSeveralSkusTakesAllOrNothing() {
        accepted(stock().adjust(KEY, 5, null, Cause.NONE, null));
        accepted(stock().adjust(OTHER, 1, null, Cause.NONE, null));
        Accepted sold = accepted(reserveAll("basket", OTHER, 1, KEY, 2, KEY, 1));
        assertThat(sold.movements().size()).isEqualTo(2);
        assertThat(sold.record(0).qty()).isEqualTo(2);
        assertThat(sold.record(1).qty()).isZero();
        for (int node = 0; node < nodes(); node++) {
            assertThat(stock().find(OTHER)).isEqualTo(sold.record(1));
            assertThat(stock().find(KEY)).isEqualTo(sold.record(0));
        }
        Rejected tooFew = refused(reserveAll(null, KEY, 1, OTHER, 1));
        assertThat(tooFew.reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
        assertThat(tooFew.lines()).containsExactly(new RejectedLine(OTHER, -1, sold.record(1)));
        assertThat(stock().find(KEY)).isEqualTo(sold.record(0));
        StockKey unknown = new StockKey("S9", "made up");
        assertThat(refused(reserveAll(null, KEY, 1, unknown, 1)).lines())
                .containsExactly(new RejectedLine(unknown, -1, null));
        assertThat(stock().page("S9", null, 1)).isNull();
        Accepted again = accepted(reserveAll("basket", KEY, 3, OTHER, 1));
        assertThat(again).isEqualTo(new Accepted(sold.movements(), sold.at(), sold.eventId(), sold.sequence(), true));
        assertThat(reserveAll("basket", KEY, 3, OTHER, 2)).isInstanceOf(KeyReused.class);
    }

    @Test
    void salesInOppositeOrdersEndAndNeverSellMoreThanThereIs() throws Exception {
        accepted(stock().adjust(KEY, 60, null, Cause.NONE, null));
        accepted(stock().adjust(OTHER, 40, null, Cause.NONE, null));
        List<Answer> answers = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            answers.addAll(atOnce(
                    20,
                    client ->
                            client % 2 == 0 ? reserveAll(null, KEY, 1, OTHER, 1) : reserveAll(null, OTHER, 1, KEY, 1)));
        }
        List<Accepted> sold = all(answers, Accepted.class);
        assertThat(sold).hasSize(40);
        assertThat(sold.stream()
                        .map(one -> one.record(0).version() - one.record(1).version()))
                .as("no sale came between the two parts of another")
                .containsOnly(0L);
        assertThat(requireNonNull(stock().find(KEY)).qty()).isEqualTo(20);
        assertThat(requireNonNull(stock().find(OTHER)).qty()).isZero();
    }

    private Answer reserveAll(@Nullable String key, Object... skusAndUnits) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < skusAndUnits.length; i += 2) {
            lines.add(new Line((StockKey) skusAndUnits[i], (int) skusAndUnits[i + 1], null));
        }
        return stock().reserveAll(lines, Cause.NONE, key);
    }

    static Accepted accepted(Answer answer) {
        assertThat(answer).isInstanceOf(Accepted.class);
        return (Accepted) answer;
    }

    static Rejected refused(Answer answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).rejection();
    }

    static <T extends Answer> List<T> all(List<Answer> answers, Class<T> type) {
        return answers.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static List<Answer> atOnce(int clients, IntFunction<Answer> client)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Answer>> running = IntStream.range(0, clients)
                    .mapToObj(one -> threads.submit(() -> client.apply(one)))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
