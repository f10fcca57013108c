package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Makes problem responses (RFC 9457); Spring adds {@code instance}, the path of the request. */
public final class Problems {

    /** How soon trying again can help, in seconds. */
    public static final String RETRY_AFTER_SECONDS = "1";

    /** What a client is told whose request comes while the service stops. */
    public static final String STOPPING =
            "Nothing was changed: the service is stopping. Try again when it, or another one, is ready.";

    private static final String NOT_IN_A_URI = "\"<>[\\]^`{|}";

    /** So many characters of what a client sent are repeated to it. */
    private static final int SHOWN_MAX = 100;

    private static final JsonMapper JSON = new JsonMapper();

    private Problems() {}

    /** A problem as bytes, for those who answer before Spring sees the request. */
    public static byte[] json(ProblemType type, int status, String detail, @Nullable String path, String requestId) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", type.uri().toString());
        problem.put("title", type.title());
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("instance", instance(path));
        problem.put("requestId", requestId);
        return JSON.writeValueAsBytes(problem);
    }

    /** A path as {@code instance}, which is a URI: what must not stand in one is percent-encoded; "/" when it is none. */
    static String instance(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return "/";
        }
        StringBuilder uri = new StringBuilder(path.length());
        int start = 0;
        while (path.startsWith("//", start)) {
            start++; // or what follows would be a host
        }
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c > ' ' && c < 0x7F && NOT_IN_A_URI.indexOf(c) < 0) {
                uri.append(c);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", c & 0xFF)); // the web server read bytes as Latin-1
            }
        }
        return uri.toString();
    }

    /** What a client sent, as far as it is repeated to it. */
    static String shown(String fromTheClient) {
        return fromTheClient.length() <= SHOWN_MAX ? fromTheClient : fromTheClient.substring(0, SHOWN_MAX) + "…";
    }

    /** Answers a request with a problem before Spring sees it. */
    static void send(ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int status = type.status().value();
        RequestLog.rejected(request, type);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String requestId = String.valueOf(response.getHeader(RequestIdFilter.HEADER));
        byte[] problem = json(type, status, detail, request.getRequestURI(), requestId);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }

    public static ResponseEntity<Object> response(ProblemType type, String detail, Map<String, ?> members) {
        return response(type, detail, members, HttpHeaders.EMPTY);
    }

    public static ResponseEntity<Object> response(
            ProblemType type, String detail, Map<String, ?> members, HttpHeaders headers) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(type.status()).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type.status().value() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.body(problem(type, detail, members));
    }

    public static ProblemDetail problem(ProblemType type, String detail, Map<String, ?> members) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        problem.setProperty("requestId", MDC.get(RequestIdFilter.MDC_KEY));
        new TreeMap<>(members).forEach(problem::setProperty); // in the same order each time
        return problem;
    }

    /** Something cannot be used now: what it says of itself is told to the client and to the log. */
    public static ResponseEntity<Object> unavailable(
            ProblemType type, RuntimeException why, HttpServletRequest request) {
        RequestLog.because(request, why.getMessage());
        return response(type, "Try again later: " + withoutFullStop(why.getMessage()) + ".", Map.of());
    }

    private static String withoutFullStop(@Nullable String sentence) {
        String text = String.valueOf(sentence);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
