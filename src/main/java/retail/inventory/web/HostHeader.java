package retail.inventory.web;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Host} header names (RFC 3986, section 3.2.2).
 *
 * @param name a name or an address; an IPv6 address in brackets
 * @param port -1 when there is none
 */
public record HostHeader(String name, int port) {

    private static final int PORT_MAX = 65_535;
    private static final BitSet NAME = charactersAnd("-._~%!$&'()*+,;=");
    private static final BitSet ADDRESS = charactersAnd(":.%-_~"); // with a zone, it may have most of them

    /**
     * Reads a header. Names are taken as proxies make them: {@code inventory_service}, which no DNS knows, is the name of a
     * container, or of nginx's {@code upstream}.
     *
     * @return null when it is neither a name nor an address
     */
    public static @Nullable HostHeader parse(String header) {
        int nameEnd = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        if (nameEnd < 0) {
            nameEnd = header.length();
        }
        String name = header.substring(0, nameEnd);
        boolean isAddress = name.startsWith("[");
        String inside = isAddress ? name.substring(1, name.length() - 1) : name;
        if (inside.isEmpty() || !consistsOf(isAddress ? ADDRESS : NAME, inside)) {
            return null;
        }
        int port = port(header.substring(nameEnd));
        return port < -1 ? null : new HostHeader(name, port);
    }

    /** What follows the name: nothing, a colon, or a colon and a port; -2 when it is something else. */
    private static int port(String colonAndPort) {
        if (colonAndPort.isEmpty() || colonAndPort.equals(":")) {
            return -1;
        }
        int port = 0;
        for (int i = 1; i < colonAndPort.length(); i++) {
            int digit = colonAndPort.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -2;
            }
            port = port * 10 + digit;
            if (port > PORT_MAX) {
                return -2;
            }
        }
        return colonAndPort.charAt(0) == ':' ? port : -2;
    }

    private static boolean consistsOf(BitSet characters, String text) {
        for (int i = 0; i < text.length(); i++) { // not as a stream: it is done for each request
            if (!characters.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static BitSet charactersAnd(String others) {
        BitSet characters = new BitSet();
        characters.set('a', 'z' + 1);
        characters.set('A', 'Z' + 1);
        characters.set('0', '9' + 1);
        others.chars().forEach(characters::set);
        return characters;
    }
}
