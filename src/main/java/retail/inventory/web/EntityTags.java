package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Entity tags: how they are made of versions, and read again. A proxy that compresses an answer changes its tag, for the bytes
 * are no longer the same: nginx and Varnish make a weak one of it ({@code W/"7"}), Apache and Jetty name the coding
 * ({@code "7-gzip"}, {@code "7--gzip"}). But the tag here is a version, which is the same in each coding; so all of them are.
 *
 * <p>It is a version of one history: {@code "7.b3f0a1b2"} has the first digits of the log's identity. After a backup was put
 * back the same version is another state. A tag without them, as clients make it of a version, is taken for one of this log.
 */
public final class EntityTags {

    private static final String BY_PROXIES = "(?:--?(?:gzip|br|zstd|deflate|df))?";
    private static final Pattern VERSION =
            Pattern.compile("(?:W/)?\"(0|[1-9][0-9]{0,15})(?:\\.([0-9a-f]{8}))?" + BY_PROXIES + "\"");
    private static final Pattern ANY = Pattern.compile("(?:W/)?\"([^\"]*?)" + BY_PROXIES + "\"");

    private EntityTags() {}

    /** The tag of a version of a SKU in a log, which may not be known. */
    public static String of(long version, @Nullable String logId) {
        return "\"" + LogPosition.text(version, logId) + "\"";
    }

    /** The tag of what has seen so many changes, when two answers with it need not be the same to the byte. */
    public static String weak(long changes, @Nullable String logId) {
        return "W/" + of(changes, logId);
    }

    /**
     * The same of what is shown to some alone. Others do not have its like, nor does anybody match it by a version.
     *
     * @param view another one for whoever is shown something else
     */
    public static String weakOf(String view, long changes, @Nullable String logId) {
        return "W/\"" + LogPosition.text(changes, logId) + ".g" + view + "\"";
    }

    /** The version that a tag names, and perhaps the log it is one of; null when it is not one tag of a version. */
    static @Nullable LogPosition version(String tag) {
        Matcher matcher = VERSION.matcher(tag);
        return matcher.matches() ? new LogPosition(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
    }

    /**
     * Whether a client has what bears a tag, by its {@code If-None-Match}, which may list several or be {@code *}.
     */
    static boolean matches(String ifNoneMatch, String tag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        String wanted = core(tag);
        LogPosition version = version(tag);
        String plain = version == null ? wanted : Long.toString(version.sequence());
        Matcher each = ANY.matcher(ifNoneMatch);
        while (each.find()) {
            if (each.group(1).equals(wanted) || each.group(1).equals(plain)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Puts a tag on the answer to a read, and ends it when the client has what bears the tag.
     *
     * @return whether it ends here, with status 304
     */
    public static boolean isKnown(String tag, HttpServletRequest request, HttpServletResponse response) {
        return isKnown(tag, true, request, response);
    }

    /**
     * The same.
     *
     * @param standsForAll whether all that bears the tag is the same now; else no copy will do
     */
    public static boolean isKnown(
            String tag, boolean standsForAll, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, tag);
        response.setHeader(AnswerHeaders.CACHE_CONTROL, AnswerHeaders.REVALIDATE);
        if (!standsForAll || request.getHeader(HttpHeaders.IF_NONE_MATCH) == null) {
            return false;
        }
        String ifNoneMatch = String.join(",", Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)));
        boolean known = matches(ifNoneMatch, tag);
        if (known) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        }
        return known;
    }

    private static String core(String tag) {
        Matcher matcher = ANY.matcher(tag);
        return matcher.matches() ? matcher.group(1) : tag;
    }
}
