package retail.inventory.sweep;

import java.util.List;
import java.util.Locale;

/** Routes, and what may become of them on their way: encoded, misspelt, with a query. */
final class Targets {

    private static final List<String> STORES = HeaderValues.split("""
            S1 ~ S1 ~ S1 ~ S2 ~ NEW ~ a%20b ~ %53%31 ~ \u00e4 ~ %C3%A4 ~ . ~ .. ~ %2e%2e ~ S1%2F ~ S|1 ~ null""" + " ~ " + "x".repeat(70));
    private static final List<String> SKUS =
            HeaderValues.split("""
            A ~ A ~ A ~ B ~ NEW ~ A%20B ~ %41 ~ A%2FB ~ A|B ~ A[1] ~ A{1} ~ %00 ~ %zz ~ % ~ A;b=c ~ \u00e4 ~ A:B ~ ..
            A%2F%2FB ~ %2F ~ A%2F.. ~ ..%2F..%2FA ~ %2e%2e%2fA ~ A%5CB ~ A+B ~ A%2BB ~ A%23 ~ A%26B%3Dc ~ A%3Bb ~ %22%5C%22 ~ %3Cb%3E
            A%25 ~ A%252FB ~ %C3%84 ~ A%CC%88 ~ %E6%97%A5%E6%9C%AC ~ %F0%9F%91%95 ~ %C0%AF ~ %ED%A0%80 ~ %EF%BF%BF ~ %E2%80%AE
            %0D%0AX:1 ~ %C2%A0 ~ %20 ~ %C2%85 ~ %7F ~ adjust ~ reserve ~ %61djust ~ (x40) ~ 1,5 ~ !*'~$@=""" + " ~ " + "x".repeat(70) + " ~ " + "%F0%9F%91%95".repeat(64));

    /** Where something is served, or nearly; costly ones are rare. */
    private static final List<String> OTHERS = HeaderValues.split("""
            /central/skus/{sku} ~ /central/skus/{sku} ~ /central/skus?sku={sku} ~ /central/stores/{store} ~ /central/stores/{store}
            /central/inventory ~ /central ~ /events ~ /events ~ /events ~ /sync ~ /dead-letters ~ /dead-letters/1/replay
            /dead-letters/{sku}/replay ~ /audit ~ /metrics ~ /health/liveness ~ /health/readiness ~ /health ~ /actuator
            /actuator/health ~ /actuator/health/readiness ~ /actuator/health/{sku} ~ /actuator/info ~ /actuator/leases
            /actuator/loggers/{sku} ~ /actuator/loggers/ROOT ~ /actuator/metrics ~ /actuator/metrics/jvm.info
            /actuator/metrics/{sku} ~ /actuator/env ~ /actuator/{sku} ~ /docs ~ /docs/ ~ /docs/index.html ~ /docs/{sku}
            /docs/initializer.js ~ /error ~ / ~ * ~ /{sku} ~ /stores ~ /stores/{store} ~ /favicon.ico
            http://localhost/health/liveness ~ http://evil.example/ ~ localhost:80 ~ // ~ /.. ~ /health/../events
            /WEB-INF/web.xml ~ /META-INF/""");

    private static final List<String> COSTLY = HeaderValues.split("""
            /openapi.yaml ~ /actuator/prometheus ~ /docs/swagger-ui.css ~ /docs/swagger-ui-bundle.js ~ /actuator/loggers""");

    private static final List<String> QUERIES = HeaderValues.split(
            """
            sku=A ~ sku=A%2FB ~ sku= ~ sku ~ sku=A&sku=B ~ sku=%2e%2e ~ sku=%C3 ~ after=A%2FB ~ limit=1 ~ limit=0 ~ limit=1000 ~ limit= ~ limit ~ limit=1&limit=2 ~ after=A ~ after=0 ~ after=1 ~ after=-1
            after=%zz ~ after=%ff ~ after= ~ minSequence=1 ~ minSequence=0 ~ minSequence=x ~ lastEventId=1 ~ q=1 ~ a[]=1
            a|b={c} ~ %5B%5D=x ~ = ~ & ~ &&limit=1 ~ ? ~ tag=a:b ~ tag=x ~ includedNames=jvm_info ~ \u00e4=1 ~ a=%00
            limit=1;after=A ~ _method=DELETE ~ access_token=x""" + " ~ x=" + "y".repeat(2000) + " ~ x=" + "y".repeat(9000) + " ~ " + "a=1&".repeat(1100));

    /** SKUs that are right. */
    private static final List<String> RIGHT =
            List.of("A", "A", "B", "A%2FB", "%23%2B%22%5C", "%C3%84%E6%97%A5%F0%9F%91%95");

    private static final List<String> READS = HeaderValues.split("""
            /stores/S1/inventory/A ~ /stores/S1/inventory/A%2FB ~ /stores/S1/inventory?sku=A ~ /central/skus?sku=A%2FB ~ /stores/S1/inventory ~ /stores/S1/inventory?limit=1
            /central/skus/A ~ /central/stores/S1 ~ /central/inventory ~ /events ~ /events?after=1&limit=2
            /dead-letters ~ /audit ~ /metrics ~ /health/liveness ~ /health/readiness ~ /actuator ~ /actuator/health
            /actuator/health/readiness ~ /actuator/info ~ /actuator/leases ~ /actuator/metrics
            /actuator/metrics/jvm.info ~ /docs/index.html ~ /docs ~ / ~ /openapi.yaml""");

    private Targets() {}

    static String some(Choice choice) {
        String path = choice.oneIn(2) ? stock(choice) : choice.oneIn(60) ? choice.of(COSTLY) : choice.of(OTHERS);
        path = path.replace("{sku}", choice.of(SKUS)).replace("{store}", choice.of(STORES));
        if (choice.oneIn(6)) {
            path = choice.of("/api", "/api/inventory", "/API", "/api/", "/x") + path;
        }
        if (choice.oneIn(12)) {
            path = changed(choice, path);
        }
        return choice.oneIn(4) ? path + "?" + choice.of(QUERIES) : path;
    }

    /** A change that is right. */
    static String change(Choice choice) {
        return choice.of("", "", "/api/inventory") + "/stores/" + choice.of("S1", "S2") + "/inventory/"
                + (choice.oneIn(4)
                        ? choice.of("adjust", "adjust", "reserve") + "?sku=" + choice.of(RIGHT)
                        : choice.of(RIGHT) + choice.of("/adjust", "/adjust", "/reserve"));
    }

    /** Something that can be read. */
    static String read(Choice choice) {
        return choice.oneIn(60) ? choice.of(COSTLY) : choice.of(READS);
    }

    private static String stock(Choice choice) {
        return "/stores/" + choice.of(STORES)
                + choice.of("/inventory", "/inventory", "/inventory", "/inventory", "/Inventory")
                + choice.of(
                        "",
                        "/",
                        "/{sku}",
                        "/{sku}",
                        "/{sku}/adjust",
                        "/{sku}/adjust",
                        "/{sku}/reserve",
                        "/{sku}/reserve",
                        "/{sku}/",
                        "?sku={sku}",
                        "?sku={sku}&limit=1",
                        "/adjust?sku={sku}",
                        "/reserve?sku={sku}",
                        "/adjust",
                        "//{sku}",
                        "/./{sku}",
                        "/{sku}/adjust/x");
    }

    private static String changed(Choice choice, String path) {
        int at = choice.below(path.length() + 1);
        String before = path.substring(0, at);
        String after = path.substring(at);
        return switch (choice.below(6)) {
            case 0 ->
                before
                        + choice.of(
                                "/",
                                "//",
                                "\\",
                                ";",
                                ";jsessionid=1",
                                "%2F",
                                "%5C",
                                "%2e",
                                "%00",
                                "%",
                                "%u0041",
                                "#",
                                "?",
                                "\"",
                                "^",
                                "`",
                                "<",
                                "\u00e4",
                                "\u0001",
                                "\t")
                        + after;
            case 1 ->
                after.isEmpty()
                        ? before
                        : before + String.format(Locale.ROOT, "%%%02x", after.charAt(0) & 0xFF) + after.substring(1);
            case 2 -> after.isEmpty() ? before : before + after.substring(1);
            case 3 -> before.toUpperCase(Locale.ROOT) + after;
            case 4 -> before + choice.printable(5).replace(' ', '+') + after;
            default -> path + choice.of(".json", "/", ".", "%20", "/..", "/./", ";", "~");
        };
    }
}
