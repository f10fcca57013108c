package retail.inventory.table;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import retail.inventory.stock.StockKey;

/**
 * Rows in the order of SKUs, in the form that {@link java.util.concurrent.ConcurrentSkipListMap} takes over in one go: put
 * one by one, a million rows take a second of a start.
 */
@SuppressWarnings("JdkObsolete") // SortedMap is what that map's constructor takes
final class SortedRows extends AbstractMap<String, SkuRow> implements SortedMap<String, SkuRow> {

    private final List<SkuRow> rows;

    SortedRows(List<SkuRow> rows) {
        this.rows = rows;
    }

    @Override
    public Set<Entry<String, SkuRow>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, SkuRow>> iterator() {
                Iterator<SkuRow> each = rows.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Entry<String, SkuRow> next() {
                        SkuRow row = each.next();
                        return Map.entry(row.sku(), row);
                    }
                };
            }

            @Override
            public int size() {
                return rows.size();
            }
        };
    }

    @Override
    public Comparator<? super String> comparator() {
        return StockKey.SKU_ORDER;
    }

    @Override
    public SortedMap<String, SkuRow> subMap(String from, String to) {
        return new TreeMap<>(this).subMap(from, to);
    }

    @Override
    public SortedMap<String, SkuRow> headMap(String to) {
        return new TreeMap<>(this).headMap(to);
    }

    @Override
    public SortedMap<String, SkuRow> tailMap(String from) {
        return new TreeMap<>(this).tailMap(from);
    }

    @Override
    public String firstKey() {
        return rows.getFirst().sku();
    }

    @Override
    public String lastKey() {
        return rows.getLast().sku();
    }
}
