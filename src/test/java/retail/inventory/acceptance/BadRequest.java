package retail.inventory.acceptance;

import org.jspecify.annotations.Nullable;

/**
 * A request that breaks one rule, and the problem it must be answered with.
 *
 * @param name what is wrong
 * @param request sends it
 * @param status the status due
 * @param slug the problem type due, after {@code urn:inventory:problem:}
 * @param field the culprit the problem must name; null when it need not name one
 */
record BadRequest(
        String name,
        Sender request,
        int status,
        String slug,
        @Nullable String field) {

    /** Sends a request. */
    @FunctionalInterface
    interface Sender {
        Reply to(RunningService service);
    }

    static BadRequest invalid(String name, @Nullable String field, Sender request) {
        return new BadRequest(name, request, 400, "invalid-request", field);
    }

    @Override
    public String toString() {
        return status + " " + name;
    }
}
