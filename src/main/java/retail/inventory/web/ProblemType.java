package retail.inventory.web;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The kinds of problem a client can get; the type URI is {@code urn:inventory:problem:<name in lower case>}. */
public enum ProblemType {
    /** Something in the request breaks a rule; {@code field} names it where it is one thing. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),
    /** The store does not have this SKU. */
    UNKNOWN_SKU(HttpStatus.NOT_FOUND, "Unknown SKU"),
    /** There is no such store. */
    UNKNOWN_STORE(HttpStatus.NOT_FOUND, "Unknown store"),
    /** Nothing is served at this path. */
    NO_SUCH_ROUTE(HttpStatus.NOT_FOUND, "No such route"),
    /** The path does not take this method; {@code Allow} has those it takes. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    /** The request shows nobody that the service knows; nothing was changed. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Unauthenticated"),
    /** The identity is known and may not do this; nothing was changed. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden"),
    /** The request has several credentials, and nobody can say which counts. */
    AMBIGUOUS_CREDENTIALS(HttpStatus.BAD_REQUEST, "Ambiguous credentials"),
    /** The service does not answer as this host; {@code ALLOWED_HOSTS} says as which it does. */
    FOREIGN_HOST(HttpStatus.MISDIRECTED_REQUEST, "Foreign host"),
    /** A page of another origin may not change anything; {@code CORS_ORIGINS} says which may. */
    FOREIGN_ORIGIN(HttpStatus.FORBIDDEN, "Foreign origin"),
    /** The answer has none of the accepted media types. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    /** The SKU has another version than expected. */
    VERSION_CONFLICT(HttpStatus.CONFLICT, "Version conflict"),
    /** There is less stock than the request takes. */
    INSUFFICIENT_STOCK(HttpStatus.CONFLICT, "Insufficient stock"),
    /** There is no such hold, or it is over and forgotten. */
    UNKNOWN_HOLD(HttpStatus.NOT_FOUND, "Unknown hold"),
    /** The hold was confirmed or released, which is final; {@code state} says which. */
    HOLD_CLOSED(HttpStatus.CONFLICT, "Hold closed"),
    /** The hold has ended, and not all of its units are there any more; {@code shortages} names those that are not. */
    HOLD_EXPIRED(HttpStatus.CONFLICT, "Hold expired"),
    /** More is asked of a hold than it has; {@code lines} says how much it has. */
    EXCEEDS_HOLD(HttpStatus.CONFLICT, "Exceeds hold"),
    /** As many holds have units of a SKU as may have. */
    TOO_MANY_HOLDS(HttpStatus.CONFLICT, "Too many holds"),
    /** The stock would exceed the largest quantity. */
    ABOVE_MAXIMUM(HttpStatus.CONFLICT, "Above maximum"),
    /** The SKU, or its store, would be one more than the service keeps; those it has go on. */
    LIMIT_REACHED(HttpStatus.CONFLICT, "Limit reached"),
    /** The idempotency key belongs to another request. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.CONFLICT, "Idempotency key reused"),
    /** The body is larger than {@link BodyLimitFilter#BODY_BYTES_MAX}, or that of a hold than {@link BodyLimitFilter#HOLD_BYTES_MAX}. */
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large"),
    /** The body has another media type than JSON. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
    /** The path and query are longer than the web server reads. */
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "URI too long"),
    /** The request's first line and headers have more bytes than {@code HEADERS_MAX_BYTES}, or are too many. */
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Headers too large"),
    /** The header {@code Expect} asks for something else than {@code 100-continue}. */
    EXPECTATION_FAILED(HttpStatus.EXPECTATION_FAILED, "Expectation failed"),
    /** The request needs what this server does not do: a transfer coding, or CONNECT. */
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "Not implemented"),
    /** The request is in another version of HTTP than 1.0 and 1.1. */
    HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP version not supported"),
    /** The events asked for are no longer kept, or not of this log; {@code why} says which. */
    EVENTS_GONE(HttpStatus.GONE, "Events gone"),
    /** There is no dead letter with this id. */
    UNKNOWN_DEAD_LETTER(HttpStatus.NOT_FOUND, "Unknown dead letter"),
    /** The dead letter's event still cannot be applied. */
    STILL_DEAD(HttpStatus.CONFLICT, "Still dead"),
    /** A defect of this service. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
    /** The client took too long to send the body; nothing was changed. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "Request timeout"),
    /** The client sends more requests than it may; nothing was changed. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Rate limited"),
    /** The identity has as many idempotency keys as one may have; nothing was changed. */
    TOO_MANY_KEYS(HttpStatus.TOO_MANY_REQUESTS, "Too many keys"),
    /** The issuer of the token does not answer, and the token's key is not known; nothing was changed. */
    IDENTITY_PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Identity provider unavailable"),
    /** The service is stopping; nothing was changed. */
    STOPPING(HttpStatus.SERVICE_UNAVAILABLE, "Stopping"),
    /** The log cannot be read now; nothing is lost. */
    UNREADABLE(HttpStatus.SERVICE_UNAVAILABLE, "Unreadable"),
    /** The service is reading its data; nothing was changed. */
    STARTING(HttpStatus.SERVICE_UNAVAILABLE, "Starting"),
    /** The log cannot be written; nothing was changed. */
    READ_ONLY(HttpStatus.SERVICE_UNAVAILABLE, "Read-only"),
    /** More is waiting than may wait; nothing was changed. */
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Overloaded"),
    /** Another process had the SKU for too long; nothing was changed. The status is {@code LOCK_REJECT_STATUS}. */
    LOCKED(HttpStatus.SERVICE_UNAVAILABLE, "Locked"),
    /** The central view has not reached the sequence asked for. */
    BEHIND(HttpStatus.SERVICE_UNAVAILABLE, "Behind"),
    /** The disk failed or is too slow to tell whether the change was recorded. */
    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "Outcome unknown");

    private final HttpStatus status;
    private final String title;
    private final URI uri;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
        this.uri = URI.create(
                "urn:inventory:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    URI uri() {
        return uri;
    }

    /** The type with a URI; null when it is none of ours. */
    public static @Nullable ProblemType of(@Nullable URI uri) {
        for (ProblemType type : values()) {
            if (type.uri.equals(uri)) {
                return type;
            }
        }
        return null;
    }

    /** The type that says most about a status set by the framework or the web server. */
    public static ProblemType of(int status) {
        return switch (status) {
            case 404 -> NO_SUCH_ROUTE;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 417 -> EXPECTATION_FAILED;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 505 -> HTTP_VERSION_NOT_SUPPORTED;
            default -> status >= 500 ? INTERNAL_ERROR : INVALID_REQUEST;
        };
    }
}
