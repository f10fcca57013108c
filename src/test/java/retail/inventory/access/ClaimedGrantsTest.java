package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words of a token come to. */
class ClaimedGrantsTest {

    private final ClaimedGrants grants =
            new ClaimedGrants(new ClaimedGrants.Names("scope", "inventory_stores", "realm_access.roles"));

    private static JWTClaimsSet claims(String json) throws ParseException {
        return JWTClaimsSet.parse(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'scope':'inventory:read','inventory_stores':['S1','DE-*']} | [Grant[stores=[DE-*, S1], can=[READ]]] | 0",
                "{'scope':' openid  inventory:read ','inventory_stores':' S1  S2'} | [Grant[stores=[S1, S2], can=[READ]]] | 0",
                "{'scope':['inventory:feed','email'],'inventory_stores':'*'} | [Grant[stores=[*], can=[FEED]]] | 0",
                "{'realm_access':{'roles':['inventory:integration']},'inventory_stores':'*'} | [Grant[stores=[*], can=[CENTRAL, FEED]]] | 0",
                "{'realm_access':{'roles':['inventory:prometheus','admin']},'inventory_stores':'*'} | [Grant[stores=[*], can=[METRICS]]] | 0",
                "{'scope':'inventory:read inventory:metrics','inventory_stores':'S1'} | [Grant[stores=[S1], can=[READ]]] | 1",
                "{'scope':'inventory:read inventory:till inventory: inventory:Read','inventory_stores':'S1'} | [Grant[stores=[S1], can=[READ]]] | 3",
                "{'scope':'inventory:read','inventory_stores':['S1','*S','',7,'S 1']} | [Grant[stores=[S1], can=[READ]]] | 3",
                "{'realm_access':{'roles':['inventory:read','inventory:boss']},'inventory_stores':'*'} | [] | 2",
                "{'scope':'inventory:read'} | [] | 0",
                "{'scope':'inventory:read','inventory_stores':[]} | [] | 0",
                "{'scope':'inventory:read','inventory_stores':''} | [] | 0",
                "{'scope':'inventory:read','inventory_stores':null} | [] | 0",
                "{'scope':'inventory:read','inventory_stores':{'S1':1}} | [] | 0",
                "{'scope':'inventory:read','inventory_stores':true} | [] | 0",
                "{'scope':'inventory:admin'} | [] | 1",
                "{'scope':'read adjust','inventory_stores':'*'} | [] | 0",
                "{'inventory_stores':'*'} | [] | 0",
                "{'realm_access':'inventory:till','inventory_stores':'*'} | [] | 0",
                "{'realm_access.roles':'inventory:ops','inventory_stores':'*'} | [Grant[stores=[*], can=[SYNC, DEAD_LETTERS, AUDIT, METRICS]]] | 0",
            })
    void comesToGrants(String json, String expected, int ignored) throws ParseException {
        Grants all = grants.of(claims(json));
        String sorted = all.all().stream()
                .map(grant -> "Grant[stores=" + grant.stores() + ", can=" + EnumSet.copyOf(grant.can()) + "]")
                .collect(Collectors.joining(", ", "[", "]"));
        assertThat(sorted).isEqualTo(expected);
        assertThat(grants.ignored()).isEqualTo(ignored);
    }

    @Test
    void whatIsTooMuchIsLeftOut() throws ParseException {
        String stores = IntStream.rangeClosed(1, 1002).mapToObj(i -> "S" + i).collect(Collectors.joining(" "));
        Grants all = grants.of(claims("{'scope':'inventory:read','inventory_stores':'" + stores + "'}"));
        assertThat(all.may(Operation.READ, "S1000")).isTrue();
        assertThat(all.may(Operation.READ, "S1001")).isFalse();
        assertThat(grants.ignored()).isEqualTo(2);
    }
}
