package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import retail.inventory.central.SavedSnapshots;
import retail.inventory.checkpoint.SavedRecords;
import retail.inventory.files.Disk;
import retail.inventory.journal.file.LogInspection;
import retail.inventory.stock.StockKey;

/**
 * Whether all that a data directory holds fits together: the log is whole and its changes add up, and the inventory files and
 * each snapshot, with the log after them, come to the same stock and the same holds.
 */
final class Verification {

    private static final int PROBLEMS_TOLD = 50;

    private final Disk disk;
    private final Path data;
    private final PrintWriter out;
    private final Progress progress;
    private final Replay replay = new Replay(this::problem);
    private final HoldReplay holds = new HoldReplay(this::problem);
    private final List<Comparison> compared = new ArrayList<>();
    private long problems;

    /** A copy of the stock that is to be compared with the log. */
    private record Comparison(String name, Replay.Copy copy, boolean hasHolds) {}

    Verification(Disk disk, Path data, PrintWriter out, Progress progress) {
        this.disk = disk;
        this.data = data;
        this.out = out;
        this.progress = progress;
    }

    /** Tells what there is and what is wrong; whether nothing is. */
    boolean isRight() throws IOException {
        Path wal = data.resolve("wal");
        if (disk.list(wal).isEmpty() && disk.list(data.resolve("inventory")).isEmpty()) {
            throw new RefusedException(2, "there is no data of this service in " + data);
        }
        LogInspection log = new LogInspection(
                disk,
                wal,
                event -> {
                    replay.take(event);
                    holds.take(event);
                },
                this::problem,
                (done, total) -> progress.reached(done >> 20, total >> 20, "MiB of log"));
        SavedRecords.Found files = inventoryFiles(log);
        SavedSnapshots snapshots = new SavedSnapshots(disk, data);
        List<SavedSnapshots.Found> found = new ArrayList<>();
        for (Path file : snapshots.files()) {
            found.add(snapshot(snapshots, file, log));
        }
        LogInspection.Found read = log.read(files.through());
        if (read.first() > files.through() + 1) {
            problem("The log begins at sequence " + read.first() + ", but the events from " + (files.through() + 1)
                    + " on are needed: older segments are missing");
        }
        for (SavedSnapshots.Found snapshot : found) {
            if (snapshot.through() > read.last()) {
                problem("A snapshot goes through sequence " + snapshot.through() + ", but the log ends at "
                        + read.last());
            }
        }
        tell(read);
        return verdict();
    }

    private SavedRecords.Found inventoryFiles(LogInspection log) throws IOException {
        Replay.Copy copy = replay.copy();
        SavedRecords.Found files = new SavedRecords(disk, data.resolve("inventory"))
                .inspect(
                        records -> records.forEach(
                                record -> copy.has(record.key(), record.qty(), record.holds(), record.version())),
                        holds::has);
        copy.goesThrough(files.through());
        holds.goesThrough(files.through());
        files.problems().forEach(this::problem);
        boolean ofThisLog = true;
        for (Map.Entry<String, Long> position : files.positions().entrySet()) {
            ofThisLog &= isOf(log, position.getKey(), position.getValue(), "The inventory files go");
        }
        if (files.through() > 0 && files.problems().isEmpty() && ofThisLog) {
            compared.add(new Comparison("inventory files", copy, true));
        }
        return files;
    }

    private SavedSnapshots.Found snapshot(SavedSnapshots snapshots, Path file, LogInspection log) throws IOException {
        Replay.Copy copy = replay.copy();
        SavedSnapshots.Found found = snapshots.read(
                file,
                (store, entry) ->
                        copy.has(new StockKey(store, entry.sku()), entry.qty(), entry.holds(), entry.version()));
        copy.goesThrough(found.through());
        String logId = found.logId();
        if (found.damage() != null) {
            problem(file + " is damaged: " + found.damage());
        } else if (logId == null || isOf(log, logId, found.through(), file + " goes")) {
            compared.add(new Comparison("snapshot " + file.getFileName(), copy, false));
        }
        return found;
    }

    private boolean isOf(LogInspection log, String logId, long through, String what) {
        boolean held = through <= log.holdsThrough(logId);
        if (!held) {
            problem(what + " through sequence " + through + " of log " + logId
                    + ", which this one is not, nor continues");
        }
        return held;
    }

    private void tell(LogInspection.Found read) {
        progress.clear();
        say("log: %,d events, sequences %d to %d, checksums and sums read", read.events(), read.first(), read.last());
        if (read.lost() > 0) {
            say("  %,d events were given up earlier by --inventory.recovery=quarantine", read.lost());
        }
        if (read.torn() != null) {
            say("  its end was never acknowledged, and the next start cuts it off: %s", read.torn());
        }
        boolean gapsAreExplained = read.lost() > 0 || problems > 0;
        if (replay.gaps() > 0 && gapsAreExplained) {
            say("  %,d gaps in the versions of SKUs come of the events that cannot be read", replay.gaps());
        } else if (replay.gaps() > 0) {
            problem("There are " + replay.gaps() + " gaps in the versions of SKUs: " + replay.exampleOfGap());
        }
        long open = holds.open();
        say("  leads to %s%s", replay.total(), open == 0 ? "" : String.format(Locale.ROOT, ", %,d open holds", open));
        holds.compareRecords(replay);
        for (Comparison one : compared) {
            if (one.copy().through() + 1 < read.first()) {
                say(
                        "%s: the log no longer goes back to sequence %d",
                        one.name(), one.copy().through() + 1);
                continue;
            }
            Replay.Total total = replay.compare(one.copy(), one.name());
            if (one.hasHolds()) {
                holds.compareFiles(replay);
            }
            say(
                    "%s, and the log after sequence %d: %,d SKUs, %,d units%s",
                    one.name(), one.copy().through(), total.skus(), total.units(), total.heldUnits());
        }
    }

    private boolean verdict() {
        if (problems > PROBLEMS_TOLD) {
            say("… and %,d more", problems - PROBLEMS_TOLD);
        }
        say(problems == 0 ? "RIGHT: %s" : "WRONG: %s, see the lines above", data);
        return problems == 0;
    }

    private void problem(String sentence) {
        problems++;
        if (problems <= PROBLEMS_TOLD) {
            progress.clear();
            out.println("! " + sentence);
        }
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
