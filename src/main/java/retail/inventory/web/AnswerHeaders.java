package retail.inventory.web;

import org.apache.coyote.Response;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * The headers of every answer, whoever gives it: a controller, a filter, or the web server that cannot even parse the request.
 * Caches keep what bears no directive, and would sell what is gone; so an answer says {@code no-store} unless whoever gives it
 * knows better, and puts another directive in its place.
 */
public final class AnswerHeaders {

    public static final String CACHE_CONTROL = "Cache-Control";

    /** For what has an entity tag: a cache may keep it, and must ask each time whether it is still true. */
    public static final String REVALIDATE = "no-cache";

    /** The same where it depends on who asks: no cache of several may keep it. */
    static final String REVALIDATE_PRIVATELY = "private, no-cache";

    private static final String KEEP_NOTHING = "no-store";

    private AnswerHeaders() {}

    /**
     * Sets what is not set yet.
     *
     * @param tls whether the answer goes by TLS: then browsers are told to come so again, for a year
     */
    public static void setDefaults(Response response, boolean tls) {
        MimeHeaders headers = response.getMimeHeaders();
        if (headers.getValue(CACHE_CONTROL) == null) {
            headers.setValue(CACHE_CONTROL).setString(KEEP_NOTHING);
            headers.setValue("X-Content-Type-Options").setString("nosniff");
            if (tls) {
                headers.setValue("Strict-Transport-Security").setString("max-age=31536000");
            }
        }
    }
}
