package example;

import inventory.api.FeedApi;
import inventory.api.HealthApi;
import inventory.api.StockApi;
import inventory.model.AdjustRequest;
import inventory.model.InventoryRecord;
import inventory.model.Problem;
import inventory.model.ReserveRequest;
import inventory.model.StockAnswer;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Sends some requests through the generated client, to see that what it sends is understood and that it understands what comes. */
public final class Evening {

    private static int wrong;

    private Evening() {}

    public static void main(String[] arguments) {
        HttpServiceProxyFactory clients = HttpServiceProxyFactory.builderFor(
                        RestClientAdapter.create(RestClient.create(arguments[0])))
                .build();
        StockApi stock = clients.createClient(StockApi.class);
        String sku = "LAMP-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();

        StockAnswer came = body(stock.adjustInventory("SHOP", sku, new AdjustRequest(10L), null, key, null));
        check("ten came in", came.getQty() == 10 && came.getVersion() == 1);
        StockAnswer again = body(stock.adjustInventory("SHOP", sku, new AdjustRequest(10L), null, key, null));
        check("the same once more counts once", again.getSequence().equals(came.getSequence()));
        StockAnswer sold = body(stock.reserveInventory("SHOP", sku, new ReserveRequest(3L), "\"1\"", null, null));
        check("three were sold", sold.getQty() == 7);
        InventoryRecord read = body(stock.getInventory("SHOP", sku, null, null));
        check("seven are there", read.getQty() == 7 && read.getUpdatedAt() != null);
        try {
            stock.reserveInventory("SHOP", sku, new ReserveRequest(8L), null, null, null);
            check("eight more cannot be sold", false);
        } catch (HttpClientErrorException.Conflict e) {
            Problem problem = Objects.requireNonNull(e.getResponseBodyAs(Problem.class));
            check("eight more cannot be sold", problem.getType() == Problem.TypeEnum.URN_INVENTORY_PROBLEM_INSUFFICIENT_STOCK);
        }
        check(
                "the feed has both changes",
                body(clients.createClient(FeedApi.class).followEvents("0", null, 10, null, null)).getEvents().size() == 2);
        check(
                "the service is ready",
                body(clients.createClient(HealthApi.class).readiness(null)).getReady());
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static <T> T body(ResponseEntity<T> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private static void check(String what, boolean holds) {
        System.out.println((holds ? "ok    " : "WRONG ") + what);
        wrong += holds ? 0 : 1;
    }
}
