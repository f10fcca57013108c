package retail.inventory.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import retail.inventory.access.Grant;
import retail.inventory.access.KeyIssuer;
import retail.inventory.access.KeyRecord;
import retail.inventory.access.Operation;
import retail.inventory.access.Role;

/** {@code key create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes a key and prints it, once: only its hash is kept.",
            "Roles: till (read, reserve, adjust), counter (read, count), store-office (till, count, transfer, receive),"
                    + " shop (central, read, reserve), integration (feed, central), prometheus (metrics), ops (sync,"
                    + " dead-letters, audit, metrics), admin (all)."
        })
final class KeyCreateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KeyCommand.Where where = new KeyCommand.Where();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "of whoever uses it, such as till-7")
    private String name = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "what it may do, by a word")
    private @Nullable String role;

    @Option(
            names = "--can",
            split = ",",
            paramLabel = "OPERATION",
            description =
                    "what it may do, beside the role: read, adjust, reserve, count, transfer, receive, open, central,"
                            + " feed, sync, dead-letters, audit, metrics, admin")
    private List<String> can = List.of();

    @Option(
            names = "--store",
            split = ",",
            paramLabel = "STORE",
            description = "for which stores: STORE001, all that begin alike by DE-*, all by *")
    private List<String> stores = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "when it ends: 400d from now, or 2027-12-01T00:00:00Z")
    private @Nullable String expires;

    @Option(names = "--if-none", description = "does nothing when there is a key of this name")
    private boolean ifNone;

    @Option(names = "--out", paramLabel = "FILE", description = "writes the key there instead of printing it")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        KeyIssuer.Wish wish = new KeyIssuer.Wish(name, role, List.of(grant()), expires());
        KeyIssuer issuer = where.issuer();
        if (ifNone) {
            KeyRecord there = issuer.inUse(name);
            if (there != null) {
                return thereIsOne(there);
            }
        }
        KeyDelivery delivery = new KeyDelivery(out, ifNone);
        KeyRecord made = issuer.create(wish, delivery);
        delivery.done(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                "Key " + made.name() + " (" + made.id() + ") may " + KeyCommand.grants(made) + ", until "
                        + (made.expires() == null ? "it is revoked" : made.expires()) + ".");
        return 0;
    }

    private int thereIsOne(KeyRecord there) throws IOException {
        if (out != null && !Files.exists(out)) {
            throw new RefusedException(
                    1,
                    "There is a key " + name + " (" + there.id() + "), but no " + out
                            + ", and nobody can tell its text any more: key rotate " + name + " --out " + out);
        }
        spec.commandLine().getErr().println("There is a key " + name + " (" + there.id() + ") already.");
        return 0;
    }

    private Grant grant() throws IOException {
        EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
        List<String> its = new ArrayList<>(stores);
        if (role != null) {
            Role known = Role.of(role);
            if (known == null) {
                throw new RefusedException(2, "There is no role \"" + role + "\": there are " + Role.words() + ".");
            }
            operations.addAll(known.can());
            if (its.isEmpty() && known.isForAllStores()) {
                its.add("*");
            }
        }
        for (String word : can) {
            Operation known = Operation.of(word);
            if (known == null) {
                throw new RefusedException(
                        2, "There is no operation \"" + word + "\": there are " + Operation.words() + ".");
            }
            operations.add(known);
        }
        if (operations.isEmpty()) {
            throw new RefusedException(
                    2, "Say what the key may do: --role " + Role.words().replace(", ", "|") + ", or --can.");
        }
        if (its.isEmpty()) {
            throw new RefusedException(
                    2, "Say for which stores: --store STORE001, --store 'DE-*', or --store '*' for all.");
        }
        try {
            return new Grant(its, operations);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(2, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Instant expires() throws IOException {
        if (expires == null) {
            return null;
        }
        try {
            return expires.endsWith("Z")
                    ? Instant.parse(expires)
                    : Instant.now().plus(KeyCommand.duration("--expires", expires));
        } catch (DateTimeException e) {
            throw new RefusedException(
                    2, "--expires is a time such as 400d or 2027-12-01T00:00:00Z, not \"" + expires + "\".");
        }
    }
}
