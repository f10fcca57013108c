package retail.inventory.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** What one client sends: every line of its keys, in the order of the file, and what these keys start with. */
record ClientShare(Map<LedgerKey, Long> openingStock, List<LedgerLine> lines) {

    private ClientShare() {
        this(new LinkedHashMap<>(), new ArrayList<>());
    }

    /**
     * Gives each key to one client; with the longest key first and always to the client with the least to do, so that
     * all clients are busy until the end (longest processing time first, R. L. Graham, 1969).
     */
    static List<ClientShare> of(Ledger ledger, int clients) {
        Map<LedgerKey, List<LedgerLine>> linesOfKeys = new LinkedHashMap<>();
        for (LedgerLine line : ledger.lines()) {
            linesOfKeys.computeIfAbsent(line.key(), key -> new ArrayList<>()).add(line);
        }
        List<List<LedgerLine>> longestFirst = new ArrayList<>(linesOfKeys.values());
        longestFirst.sort(Comparator.<List<LedgerLine>>comparingInt(List::size).reversed());

        Map<LedgerKey, Long> openingStock = ledger.openingStock();
        PriorityQueue<ClientShare> leastBusyFirst =
                new PriorityQueue<>(Comparator.comparingInt((ClientShare share) -> share.lines.size()));
        for (int i = 0; i < clients; i++) {
            leastBusyFirst.add(new ClientShare());
        }
        for (List<LedgerLine> linesOfKey : longestFirst) {
            ClientShare share = leastBusyFirst.remove();
            share.lines.addAll(linesOfKey);
            LedgerKey key = linesOfKey.getFirst().key();
            Long units = openingStock.get(key);
            if (units != null) {
                share.openingStock.put(key, units);
            }
            leastBusyFirst.add(share);
        }
        leastBusyFirst.forEach(share -> share.lines.sort(Comparator.comparingLong(LedgerLine::number)));
        return List.copyOf(leastBusyFirst);
    }
}
