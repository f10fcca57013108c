package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import retail.inventory.process.ProcessEnd;
import retail.inventory.stock.InventoryRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Everything thrown while a request is handled becomes a problem. */
@RestControllerAdvice
class ErrorAdvice extends ResponseEntityExceptionHandler {

    private final String role;

    ErrorAdvice(@Value("${inventory.role}") String role) {
        this.role = role;
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e) {
        return Problems.response(e.type(), e.detail(), e.members(), e.headers());
    }

    @ExceptionHandler
    ResponseEntity<Object> badQuery(InvalidParameterException e) {
        return Problems.response(
                ProblemType.INVALID_REQUEST,
                "The query cannot be read: check its percent-encoding (of UTF-8) and how many parameters it has.",
                Map.of());
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> defect(Throwable e, HttpServletRequest request) {
        if (clientHasGone(e)) {
            return null; // nobody is there to be told anything
        }
        ProcessEnd.ifOutOfMemory(e);
        RequestLog.because(request, e);
        return Problems.response(
                ProblemType.INTERNAL_ERROR,
                "This is a defect of the service: report it with the requestId. The log has details.",
                Map.of());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return badJson(json);
            }
        }
        return Problems.response(
                ProblemType.INVALID_REQUEST, "The body is missing or cannot be read as JSON.", Map.of());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemType type = ProblemType.of(status.value());
        if (type == ProblemType.INTERNAL_ERROR) {
            return defect(e, ((ServletWebRequest) request).getRequest());
        }
        return Problems.response(type, detail(type, headers, e), Map.of(), headers);
    }

    /** With all that the route takes: Spring knows of the methods that are written there alone. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Set<HttpMethod> methods = Objects.requireNonNullElse(e.getSupportedHttpMethods(), Set.of());
        HttpHeaders all = new HttpHeaders();
        all.set(
                HttpHeaders.ALLOW,
                AllowedMethods.header(methods.stream().map(HttpMethod::name).toList()));
        return super.handleHttpRequestMethodNotSupported(e, all, status, request);
    }

    private String detail(ProblemType type, HttpHeaders headers, Exception e) {
        return switch (type) {
            case NO_SUCH_ROUTE ->
                "Nothing is served at this path"
                        + (role.equals("all") ? "" : " by a process with the role " + role)
                        + ": openapi.yaml lists the routes.";
            case METHOD_NOT_ALLOWED -> "This path takes " + headers.getFirst(HttpHeaders.ALLOW) + ".";
            case NOT_ACCEPTABLE -> acceptable(e);
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as Content-Type: application/json.";
            default -> "The request cannot be read: " + e.getMessage();
        };
    }

    /** All that can be had here; where Spring does not say, it is JSON alone. */
    private static String acceptable(Exception e) {
        List<MediaType> types =
                e instanceof HttpMediaTypeNotAcceptableException there ? there.getSupportedMediaTypes() : List.of();
        List<String> names = types.stream()
                .map(type -> type.getType() + "/" + type.getSubtype())
                .distinct()
                .toList();
        return "The answer is " + (names.isEmpty() ? "application/json" : String.join(" or ", names))
                + ": accept that.";
    }

    private static boolean clientHasGone(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientAbortException) {
                return true;
            }
        }
        return false;
    }

    private static ResponseEntity<Object> badJson(JacksonException json) {
        String field = json.getPath().isEmpty() ? null : field(json.getPath());
        String detail = switch (json) {
            case UnrecognizedPropertyException unknown ->
                "The body must not have a member " + Problems.shown(field == null ? unknown.getPropertyName() : field)
                        + ".";
            case MismatchedInputException wrong
            when field != null && rule(wrong.getTargetType()) != null ->
                field + " must be " + rule(wrong.getTargetType()) + ".";
            case DatabindException wrong when field != null -> field + " must be an integer, as a JSON number.";
            case InputCoercionException outOfRange
            when field != null -> field + " must be an integer of at most " + InventoryRecord.QTY_MAX + ".";
            case StreamReadException broken -> "The body is not valid JSON: " + withoutAdvice(broken) + ".";
            default -> "The body must be one JSON object and nothing else.";
        };
        return Problems.response(
                ProblemType.INVALID_REQUEST, detail, field == null ? Map.of() : Map.of("field", field));
    }

    /** Where in the body: {@code lines[2].qty}. */
    private static String field(List<JacksonException.Reference> path) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            if (name == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(name);
            }
        }
        return field.toString();
    }

    /** What a value of a type must be; null = an integer. */
    private static @Nullable String rule(@Nullable Class<?> type) {
        if (type == String.class) {
            return "a JSON string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return "a JSON array";
        }
        return type != null && type.isRecord() ? "a JSON object" : null;
    }

    /** The parser's words without its advice on settings, which are not the client's, and where it stopped. */
    private static String withoutAdvice(StreamReadException broken) {
        String message = broken.getOriginalMessage();
        int advice = message.indexOf(": ");
        return Problems.shown(advice < 0 ? message : message.substring(0, advice)) + ", line "
                + broken.getLocation().getLineNr() + ", column "
                + broken.getLocation().getColumnNr();
    }
}
