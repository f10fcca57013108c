package retail.inventory.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import retail.inventory.files.RealDisk;

/** A file of so many keys, written at once: {@code bin/key} reads it again for each. */
public final class ManyKeys {

    private ManyKeys() {}

    /**
     * Writes it for a service that is not there yet; the texts of its keys.
     *
     * @param stores in which each key may do what a till does
     */
    public static List<String> in(Path dataDir, int count, List<String> stores) throws IOException {
        if (count == 0) {
            return List.of();
        }
        SecureRandom random = new SecureRandom();
        Grant grant =
                new Grant(stores, EnumSet.of(Operation.READ, Operation.ADJUST, Operation.RESERVE, Operation.OPEN));
        List<String> texts = new ArrayList<>();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            String id = KeyText.newId(random);
            String text = KeyText.make(id, random);
            texts.add(text);
            lines.write(KeyLineCodec.encode(new KeyLine.Created(
                    Instant.now(), id, "till-" + i, null, List.of(grant), null, KeyRecord.Secret.of(text))));
            lines.write('\n');
        }
        Path file = KeyFile.in(new RealDisk(), dataDir).path();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, lines.toByteArray());
        return texts;
    }
}
