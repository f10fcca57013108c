package retail.inventory.sweep;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Each header that the web server, the framework or the service reads, with values that are right, odd and wrong. */
final class HeaderValues {

    private static final Pattern BLANK = Pattern.compile(" ");
    private static final Pattern BETWEEN = Pattern.compile("\\s~\\s|\n");

    private static final String TYPES = """
            application/json ~ application/json;charset=UTF-8 ~ application/json;charset=utf-16
            application/json;charset=x-none ~ application/json; charset=" ~ application/* ~ */* ~ * ~ */json
            text/event-stream ~ text/plain ~ text/html ~ application/problem+json ~ application/x-www-form-urlencoded
            multipart/form-data ~ multipart/form-data; boundary= ~ multipart/form-data; boundary=x
            application/openmetrics-text;version=1.0.0 ~ application/vnd.spring-boot.actuator.v3+json ~ application ~ /
            json;q=0.1 ~ application/json;q=2 ~ application/json;q=x ~ a/b;c="d ~ application/json;;
            application/json;a=b;a=b ~ %61/b ~ application/xml;q=0.9, */*;q=0.1""";

    private static final String NUMBERS = """
            0 ~ 1 ~ -1 ~ +1 ~ 00 ~ 1.0 ~ 1e3 ~ 99999999999999999999 ~ 0x10 ~ a ~ 1,1 ~ 0 1 ~ \u00b2""";

    private static final String TAGS = """
            * ~ "1" ~ W/"1" ~ "1-gzip" ~ 1 ~ "" ~ " ~ "1", "2" ~ "a", W/"b" ~ W/ ~ w/"1" ~ "\u00e4" ~ "1" x""";

    private static final String DATES = """
            Sun, 06 Nov 1994 08:49:37 GMT ~ Sunday, 06-Nov-94 08:49:37 GMT ~ Sun Nov  6 08:49:37 1994 ~ 0 ~ now
            Sun, 99 Nov 1994 08:49:37 GMT ~ Wed, 01 Jan 9999 00:00:00 GMT ~ Wed, 01 Jan 0000 00:00:00 GMT
            1994-11-06T08:49:37Z""";

    private static final String RANGES = """
            bytes=0-1 ~ bytes=-1 ~ bytes=1- ~ bytes=5-1 ~ bytes= ~ bytes=a-b ~ bytes=0-0,1-1 ~ bytes=99999999999-
            bytes=0-99999999999999999999999 ~ items=0-1 ~ bytes ~ = ~ bytes=- ~ bytes=0-1, ~ bytes=--1""";

    private static final String ORIGINS = """
            http://localhost ~ https://shop.example ~ null ~ * ~ http:// ~ ://x ~ http://a:b ~ http://a:99999
            http://[::1 ~ shop ~ http://localhost, http://other ~ http://\u00e4""";

    private static final String CODINGS = """
            gzip ~ identity ~ br ~ * ~ gzip;q=0 ~ *;q=0 ~ gzip, deflate, br ~ x;q=x ~ chunked ~ gzip, chunked
            chunked, chunked ~ trailers ~ deflate;q=2 ~ , ~ utf-8""";

    private static final String WORDS = """
            a ~ true ~ XMLHttpRequest ~ GET ~ POST ~ cross-site ~ same-origin ~ none ~ navigate ~ empty ~ ?1""";

    private static final String TRACES = """
            00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
            00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00
            00-00000000000000000000000000000000-0000000000000000-01
            ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ~ 00-xyz
            00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01 ~ -
            00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz-x""";

    private static final String ADDRESSES = """
            127.0.0.1 ~ 10.0.0.1, 192.168.0.1 ~ ::1 ~ [::1]:80 ~ unknown ~ _hidden ~ 999.1.1.1
            for=1.2.3.4;proto=https;by=x ~ for="[::1" ~ https ~ http: ~ 443 ~ -1 ~ /prefix ~ shop.example:x""";

    private static final String HOSTS = """
            localhost ~ localhost:1 ~ 127.0.0.1 ~ [::1] ~ [::1 ~ inventory_service:3000 ~ a b ~  ~ :80 ~ x:y
            x:99999999999 ~ \u00e4.example ~ evil.example ~ a..b ~ x/y ~ x@y""";

    private static final String COOKIES = """
            a=b ~ a ~ = ~ a=b; a=c ~ ;;; ~ $Version=1; a=b ~ a="b ~ JSESSIONID=x ~ a=\u00e4 ~ a=b,c=d""";

    private static final String KEYS = """
            till-1 ~ order-1001 ~  ~ two words ~ \u00e4 ~ a,b ~ <script>""" + " ~ " + "k".repeat(256);

    private static final String LANGUAGES = """
            de ~ de-AT, de;q=0.9, en;q=0.8 ~ * ~ a,b,c,d,e,f,g,h,i,j,k ~ de;q=x ~ - ~ \u00e4 ~ zh-Hant-TW-x-a-b-c""" + " ~ " + "x".repeat(300);

    private static final String CHARSETS = """
            utf-8 ~ iso-8859-1;q=0.5 ~ * ~ x-none ~ utf-8;q=x ~ ,""";

    private static final String CONNECTIONS = """
            close ~ keep-alive ~ upgrade ~ close, TE ~ Upgrade, HTTP2-Settings ~ , ~ a b ~ "\
            """;

    private static final String UPGRADES = """
            h2c ~ websocket ~ TLS/1.0 ~ h2c, websocket ~ x/y/z""";

    private static final String EXPECTATIONS = """
            100-continue ~ 100-Continue ~ 200-ok ~ 100-continue, x ~ 100-continue;q=1""";

    private static final Map<String, List<String>> BY_NAME = new TreeMap<>();

    static {
        put(TYPES, "Accept Content-Type");
        put(LANGUAGES, "Accept-Language Content-Language");
        put(CHARSETS, "Accept-Charset");
        put(CODINGS, "Accept-Encoding TE Content-Encoding Transfer-Encoding");
        put(NUMBERS, "Content-Length Last-Event-ID Max-Forwards");
        put(RANGES, "Range Content-Range");
        put(TAGS, "If-Match If-None-Match If-Range");
        put(DATES, "If-Modified-Since If-Unmodified-Since Date");
        put(ORIGINS, "Origin Referer");
        put(
                WORDS,
                "Access-Control-Request-Method Access-Control-Request-Headers Access-Control-Request-Private-Network Sec-Fetch-Site Sec-Fetch-Mode Sec-Fetch-Dest Sec-Fetch-User X-Requested-With X-HTTP-Method-Override Cache-Control Pragma Trailer");
        put(HOSTS, "Host");
        put(EXPECTATIONS, "Expect");
        put(UPGRADES, "Upgrade");
        put(KEYS, "HTTP2-Settings Authorization X-Request-Id Idempotency-Key X-Api-Key User-Agent");
        put(CONNECTIONS, "Connection");
        put(COOKIES, "Cookie tracestate baggage");
        put(
                ADDRESSES,
                "Forwarded X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port X-Forwarded-Prefix");
        put(TRACES, "traceparent b3");
    }

    private HeaderValues() {}

    /** The parts of a text: a line each, or several with a tilde between. */
    static List<String> split(String several) {
        return BETWEEN.splitAsStream(several).toList();
    }

    private static void put(String values, String names) {
        List<String> split = split(values);
        BLANK.splitAsStream(names).forEach(name -> BY_NAME.put(name, split));
    }

    /** The names of all headers. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** The values of one. */
    static List<String> of(String name) {
        return BY_NAME.getOrDefault(name, List.of(""));
    }
}
