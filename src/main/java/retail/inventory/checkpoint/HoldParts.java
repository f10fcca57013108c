package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/** The files of holds that there are: those that count, the oldest first, and those to delete. */
final class HoldParts {

    private final TreeMap<Integer, HoldPart> byNumber = new TreeMap<>();
    private final TreeSet<String> obsolete = new TreeSet<>();
    private int numbered;

    /** What a directory has, of which nothing counts until it is {@link #add added}. */
    void named(Collection<String> names) {
        for (String name : names) {
            numbered = Math.max(numbered, HoldFile.number(name));
            if (HoldFile.isName(name)) {
                obsolete.add(name);
            }
        }
    }

    void add(HoldPart part) {
        byNumber.put(part.number(), part);
        numbered = Math.max(numbered, part.number());
        obsolete.remove(HoldFile.name(part.number()));
    }

    void giveUp(HoldPart part) {
        byNumber.remove(part.number());
        obsolete.add(HoldFile.name(part.number()));
    }

    /** The file to go on with: the latest, or a new one. */
    HoldPart current(@Nullable String log, long fileBytes) {
        HoldPart last = byNumber.isEmpty() ? null : byNumber.lastEntry().getValue();
        return last != null && last.isOpen() && last.bytes() < fileBytes && Objects.equals(last.logId(), log)
                ? last
                : new HoldPart(numbered + 1, log);
    }

    int size() {
        return byNumber.size();
    }

    HoldPart oldest() {
        return byNumber.firstEntry().getValue();
    }

    /** Whether one of them names another log. */
    boolean nameAnother(@Nullable String log) {
        return byNumber.values().stream().anyMatch(part -> !Objects.equals(part.logId(), log));
    }

    /** How many lines they have, of holds that count or not. */
    long lines() {
        return byNumber.values().stream().mapToLong(HoldPart::lines).sum();
    }

    /** What the checkpoint is to say. */
    List<HoldExtent> extents() {
        return byNumber.values().stream().map(HoldPart::extent).toList();
    }

    /** Deletes what the checkpoint does not list, which is durable. */
    void deleteObsolete(Disk disk, Path directory) throws IOException {
        while (!obsolete.isEmpty()) {
            disk.delete(directory.resolve(obsolete.first()));
            obsolete.pollFirst();
        }
    }
}
