package retail.inventory.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The names of a simulated disk: as readers see them, as the medium has them, and the changes between the two. */
final class SimNames {

    private final TreeMap<Path, SimFile> seen = new TreeMap<>();
    private final TreeMap<Path, SimFile> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** A name that was created, moved or deleted: each path and what it means now. A move is one step. */
    private record Change(Path directory, Map<Path, @Nullable SimFile> meaning) {

        void applyTo(Map<Path, SimFile> names) {
            meaning.forEach((path, file) -> {
                if (file == null) {
                    names.remove(path);
                } else {
                    names.put(path, file);
                }
            });
        }

        Change with(UnaryOperator<SimFile> copies) {
            Map<Path, @Nullable SimFile> copied = new HashMap<>();
            meaning.forEach((path, file) -> copied.put(path, file == null ? null : copies.apply(file)));
            return new Change(directory, copied);
        }
    }

    @Nullable
    SimFile get(Path path) {
        return seen.get(path);
    }

    List<String> in(Path directory) {
        return seen.keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .map(path -> String.valueOf(path.getFileName()))
                .sorted()
                .toList();
    }

    void create(Path path, SimFile file) {
        change(path, path, file);
    }

    void move(Path from, Path to, SimFile file) {
        change(from, to, file);
    }

    void delete(Path path) {
        if (seen.containsKey(path)) {
            change(path, path, null);
        }
    }

    void sync(Path directory) {
        for (Change change : unsynced) {
            if (change.directory.equals(directory)) {
                change.applyTo(durable);
            }
        }
        unsynced.removeIf(change -> change.directory.equals(directory));
    }

    void put(Path path, SimFile file) {
        seen.put(path, file);
        durable.put(path, file);
    }

    void remove(Path path) {
        seen.remove(path);
        durable.remove(path);
    }

    SimNames asIfDurable() {
        SimNames copy = new SimNames();
        seen.forEach((path, file) -> copy.put(path, SimFile.durable(file.content())));
        return copy;
    }

    SimNames copy() {
        IdentityHashMap<SimFile, SimFile> known = new IdentityHashMap<>();
        UnaryOperator<SimFile> copies = file -> known.computeIfAbsent(file, SimFile::copy);
        SimNames copy = new SimNames();
        seen.forEach((path, file) -> copy.seen.put(path, copies.apply(file)));
        durable.forEach((path, file) -> copy.durable.put(path, copies.apply(file)));
        unsynced.forEach(change -> copy.unsynced.add(change.with(copies)));
        return copy;
    }

    /** Of the unsynced changes, the first ones are left (as a journaling file system does it), or any. */
    SimNames afterPowerCut(Random random) {
        boolean inOrder = (random.nextInt() & 1) == 0; // the first nextBoolean() of small seeds is always true
        int first = random.nextInt(unsynced.size() + 1);
        TreeMap<Path, SimFile> left = new TreeMap<>(durable);
        for (int i = 0; i < unsynced.size(); i++) {
            if (inOrder ? i < first : random.nextBoolean()) {
                unsynced.get(i).applyTo(left);
            }
        }
        SimNames after = new SimNames();
        left.forEach((path, file) -> after.put(path, file.afterPowerCut(random)));
        return after;
    }

    private void change(Path from, Path to, @Nullable SimFile file) {
        Map<Path, @Nullable SimFile> meaning = new HashMap<>();
        meaning.put(from, null);
        meaning.put(to, file);
        Change change = new Change(Objects.requireNonNull(to.getParent()), meaning);
        change.applyTo(seen);
        unsynced.add(change);
    }
}
