package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.util.WebUtils;
import retail.inventory.web.BufferedBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies of one type, and refuses what is none in the words of Spring MVC, of which problems are made. */
final class JsonBody<T> {

    private static final List<MediaType> TYPES =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    private static final String EMPTY_OBJECT = "{}";

    private final ObjectReader reader;

    JsonBody(JsonMapper json, Class<T> type) {
        this.reader = json.readerFor(type);
    }

    /** The body of a request; nothing is an object without members. */
    T orEmpty(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        return bytes(request).length == 0 && request.getContentType() == null
                ? reader.readValue(EMPTY_OBJECT)
                : of(request);
    }

    /** The body of a request. */
    T of(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        byte[] bytes = bytes(request);
        String contentType = request.getContentType();
        if (!MediaType.APPLICATION_JSON_VALUE.equals(contentType) && (contentType != null || bytes.length > 0)) {
            requireJson(contentType);
        }
        T body;
        try {
            body = bytes.length == 0 ? null : reader.readValue(bytes);
        } catch (JacksonException e) {
            throw unreadable(request, e);
        }
        if (body == null) { // nothing, or the JSON null
            throw unreadable(request, null);
        }
        return body;
    }

    private static byte[] bytes(HttpServletRequest request) {
        BufferedBody buffered = WebUtils.getNativeRequest(request, BufferedBody.class);
        if (buffered == null) {
            throw new AssertionError("a change is admitted with its body");
        }
        return buffered.body();
    }

    private static void requireJson(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
        MediaType type;
        try {
            type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException(String.valueOf(e.getMessage()), TYPES);
        }
        if (TYPES.stream().noneMatch(json -> json.includes(type))) {
            throw new HttpMediaTypeNotSupportedException(type, TYPES);
        }
    }

    private static HttpMessageNotReadableException unreadable(
            HttpServletRequest request, @Nullable JacksonException cause) {
        return new HttpMessageNotReadableException("no body", cause, new ServletServerHttpRequest(request));
    }
}
