package retail.inventory.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import retail.inventory.stock.Hold;
import retail.inventory.table.HoldTable;

/** What files of holds say, taken in their order: of several lines of a hold the last one counts. */
final class FoundHolds {

    private final Map<String, Latest> byId = new HashMap<>();
    private final List<HoldPart> parts = new ArrayList<>();

    private record Latest(Hold hold, int file) {}

    void take(HoldFile file) {
        for (HoldLines.Line line : file.lines()) {
            Hold hold = line.hold();
            if (hold == null) {
                byId.remove(line.holdId());
            } else {
                byId.put(line.holdId(), new Latest(hold, file.extent().number()));
            }
        }
        parts.add(new HoldPart(file));
    }

    List<HoldPart> parts() {
        return parts;
    }

    /** Hands over each. */
    void forEach(Consumer<Hold> reader) {
        byId.values().forEach(latest -> reader.accept(latest.hold()));
    }

    /** Fills a table that nobody uses yet. */
    void fill(HoldTable holds) {
        forEach(holds::load);
    }

    /** Tells which file has the latest line of each hold. */
    void forEach(ObjIntConsumer<String> fileOf) {
        byId.forEach((id, latest) -> fileOf.accept(id, latest.file()));
    }
}
