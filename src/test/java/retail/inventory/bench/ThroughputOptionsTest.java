package retail.inventory.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;
import retail.inventory.lab.Requests;

class ThroughputOptionsTest {

    private static final URI SERVICE = URI.create("http://localhost:3000");

    @Test
    void takesAllLoadsBesideTheEndpointThatDoesNothingUnlessToldOtherwise() {
        ThroughputOptions options = ThroughputOptions.of();
        assertThat(Contender.Kind.of(options)).containsExactly(Contender.Kind.SERVICE, Contender.Kind.NOTHING);
        assertThat(options.loads()).containsExactly(StockLoad.values());
        assertThat(options.check()).isFalse();
    }

    @Test
    void readsItsOptions() {
        String[] words = {
            "--starts",
            "2",
            "--rounds",
            "7",
            "--only",
            "adjust-one,read",
            "--jvm",
            " -Xmx1g  -XX:+UseSerialGC ",
            "--postgres"
        };
        ThroughputOptions options = ThroughputOptions.of(words);
        assertThat(options.starts()).isEqualTo(2);
        assertThat(options.rounds()).isEqualTo(7);
        assertThat(options.loads()).containsExactly(StockLoad.ADJUST_ONE, StockLoad.READ);
        assertThat(options.jvm()).isEqualTo(" -Xmx1g  -XX:+UseSerialGC ");
        assertThat(Contender.Kind.of(options)).contains(Contender.Kind.POSTGRES);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String words : List.of("--fast", "--rounds 0", "--rounds", "--only writes")) {
            assertThatExceptionOfType(ParameterException.class)
                    .isThrownBy(() -> ThroughputOptions.of(words.split(" ", -1)));
        }
    }

    @Test
    void loadsAreWholeRequestsOfManySkusOrOfOne() {
        assertThat(distinct(StockLoad.ADJUST_ONE)).hasSize(1);
        assertThat(distinct(StockLoad.ADJUST_MANY))
                .hasSizeGreaterThan(50)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("POST /stores/STORE")
                        .contains("Host: localhost:3000\r\n")
                        .endsWith("Content-Length: 11\r\n\r\n{\"delta\":1}"));
        assertThat(distinct(StockLoad.MIXED))
                .anyMatch(request -> request.startsWith("GET "))
                .anyMatch(request -> request.startsWith("POST "));
        assertThat(distinct(StockLoad.HOLD))
                .hasSize(100)
                .allSatisfy(request -> assertThat(request)
                        .matches("(?s)PUT /holds/[0-9]{18} HTTP/1.1\r\n.*\\{\"storeId\":\"STORE[^{]*,\"qty\":1}]}"));
        assertThat(distinct(StockLoad.BASKET))
                .allSatisfy(request -> assertThat(request.split("\\{\"storeId\"", -1))
                        .hasSize(1 + StockLoad.LINES)
                        .doesNotHaveDuplicates());
        Requests filling = StockLoad.filling(SERVICE, 3);
        assertThat(text(filling.next())).isNotEqualTo(text(filling.next()));
    }

    @Test
    void everyHoldIsReleasedAfterAWhile() {
        Requests requests = StockLoad.HOLD.requests(SERVICE, 10);
        List<String> placed = new ArrayList<>();
        for (String request = text(requests.next()); request.startsWith("PUT"); request = text(requests.next())) {
            placed.add(request.substring("PUT ".length(), request.indexOf(" HTTP")));
        }
        assertThat(placed).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(text(requests.next())).startsWith("PUT ");
        assertThat(text(requests.next())).startsWith("POST " + placed.get(1) + "/release HTTP");
    }

    private static Set<String> distinct(StockLoad load) {
        Requests requests = load.requests(SERVICE, 1000);
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            distinct.add(text(requests.next()));
        }
        return distinct;
    }

    private static String text(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
