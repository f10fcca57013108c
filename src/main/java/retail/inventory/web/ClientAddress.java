package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, by address: nobody checks keys here, so whatever else a client says about itself can be made up. It is
 * the other end of the connection, unless that is a proxy of ours ({@code TRUSTED_PROXIES}); then it is who the proxies say,
 * read from the end of {@code X-Forwarded-For}, where our own have written, up to the first that is none of them.
 */
public final class ClientAddress {

    /** Where a proxy says whom it speaks for. */
    static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
    private static final Pattern IPV6_IN_BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?");
    private static final int NETWORK_BYTES = 8;

    private final List<Block> proxies;

    private ClientAddress(List<Block> proxies) {
        this.proxies = proxies;
    }

    /** An address, or all that begin like it. */
    private record Block(InetAddress first, int bits) {

        private boolean contains(InetAddress address) {
            byte[] ours = first.getAddress();
            byte[] its = address.getAddress();
            if (ours.length != its.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                int mask = 0xFF & (0xFF00 >> Math.min(Byte.SIZE, bits - bit));
                if (((ours[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * With these proxies: addresses and CIDR blocks, separated by commas; empty for none.
     *
     * @throws IllegalArgumentException with the first that is neither
     */
    public static ClientAddress behind(String trustedProxies) {
        List<Block> blocks = new ArrayList<>();
        for (String each : trustedProxies.split(",", -1)) {
            String text = each.strip();
            if (!text.isEmpty()) {
                blocks.add(block(text));
            } else if (!trustedProxies.isBlank()) {
                throw new IllegalArgumentException(trustedProxies);
            }
        }
        return new ClientAddress(List.copyOf(blocks));
    }

    private static Block block(String text) {
        int slash = text.indexOf('/');
        InetAddress first = literal(slash < 0 ? text : text.substring(0, slash));
        if (first == null) {
            throw new IllegalArgumentException(text);
        }
        int bitsMax = first.getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(bitsMax) : text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > bitsMax) {
            throw new IllegalArgumentException(text);
        }
        return new Block(first, Integer.parseInt(bits));
    }

    /** Its address, as this service writes it. */
    String of(HttpServletRequest request) {
        return of(request.getRemoteAddr(), () -> Collections.list(request.getHeaders(FORWARDED_FOR)));
    }

    /** The client for whatever each client may have so much of: of IPv6 all addresses of a network, for one host has them. */
    public String group(HttpServletRequest request) {
        return group(of(request));
    }

    /** The lines of the header, which only a trusted proxy's request is asked for. */
    interface Forwarded {
        List<String> lines();
    }

    String of(String peer, Forwarded forwarded) {
        if (proxies.isEmpty()) {
            return peer;
        }
        InetAddress address = literal(withoutScope(peer));
        if (address == null || !isProxy(address)) {
            return peer;
        }
        String[] hops = String.join(",", forwarded.lines()).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String text = hops[i].strip();
            if (!text.isEmpty()) {
                InetAddress hop = literal(withoutPort(text));
                if (hop == null) {
                    return peer; // what stands before it was written by nobody we know
                }
                if (!isProxy(hop)) {
                    return hop.getHostAddress();
                }
            }
        }
        return peer;
    }

    public static String group(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        InetAddress literal = literal(withoutScope(address));
        if (!(literal instanceof Inet6Address)) {
            return literal == null ? address : literal.getHostAddress(); // ::ffff:1.2.3.4 is 1.2.3.4
        }
        byte[] bytes = literal.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            network.append(Integer.toHexString((bytes[i] & 0xFF) << Byte.SIZE | (bytes[i + 1] & 0xFF)))
                    .append(':');
        }
        return network.append(":/64").toString();
    }

    private boolean isProxy(InetAddress address) {
        for (Block block : proxies) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutScope(String address) {
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }

    /** Some proxies add the port. */
    private static String withoutPort(String hop) {
        var ipv4 = IPV4_WITH_PORT.matcher(hop);
        if (ipv4.matches()) {
            return ipv4.group(1);
        }
        var ipv6 = IPV6_IN_BRACKETS.matcher(hop);
        return ipv6.matches() ? ipv6.group(1) : hop;
    }

    /** Never a name, so nothing is looked up. */
    private static @Nullable InetAddress literal(String text) {
        boolean mayBe = text.indexOf(':') < 0
                ? IPV4.matcher(text).matches()
                : IPV6.matcher(text).matches();
        try {
            return mayBe ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
