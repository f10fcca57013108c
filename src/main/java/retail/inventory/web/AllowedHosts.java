package retail.inventory.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts the service answers as. On a loopback address it serves this machine's users, and so their browsers, and so any
 * page in them that makes its own name mean 127.0.0.1 (DNS rebinding): there a name has to be known. An address needs no
 * list, for no page can make an address mean another one.
 */
final class AllowedHosts {

    private final boolean local;
    private final Set<String> names;

    /**
     * Hosts to answer as.
     *
     * @param listensOn {@code HOST}
     * @param commaSeparated {@code ALLOWED_HOSTS}, which may be empty
     */
    AllowedHosts(String listensOn, String commaSeparated) {
        this.local = isLoopback(listensOn);
        this.names = Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(AllowedHosts::plain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether only this machine reaches the service. */
    boolean areLocal() {
        return local;
    }

    /** Whether to answer a request for this host, a name or an address without a port. */
    boolean allow(String host) {
        if (!local && names.isEmpty()) {
            return true;
        }
        String name = plain(host);
        if (name.equals("localhost") || names.contains(name)) {
            return true;
        }
        InetAddress address = address(name);
        return address != null && (!local || address.isLoopbackAddress());
    }

    /** Whether {@code ALLOWED_HOSTS} has this name. */
    boolean list(String host) {
        return names.contains(plain(host));
    }

    /** As names are compared: {@code LocalHost.} is {@code localhost}. */
    private static String plain(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable InetAddress address(String name) {
        try {
            return InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }

    private static boolean isLoopback(String listensOn) {
        try {
            return InetAddress.getByName(listensOn).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // it will not start
        }
    }
}
