package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import retail.inventory.ledger.HttpConnection.Answer;

/** Puts the stock there that {@link StockLoad#RESERVE} sells: so much that it is gone before the time is up. */
final class StockForSale {

    private static final int UNITS = 10_000;

    private StockForSale() {}

    static void put(URI baseUrl) throws IOException {
        try (KeptConnection connection = new KeptConnection(baseUrl)) {
            Answer answer = connection.post(StockLoad.hotTarget() + "/adjust", "{\"delta\":" + UNITS + "}");
            if (answer.status() / 100 != 2) {
                throw new IOException("there is nothing to sell: " + answer.status() + " " + answer.body());
            }
        }
    }
}
