package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import retail.inventory.access.Access;
import retail.inventory.access.Identity;
import retail.inventory.access.UndecidedException;

/**
 * Tokens that were not seen before. Each is a request of its address, whoever it shows: to look at a signature costs so much
 * that nobody may have it done without end.
 */
@Component
final class NewTokens {

    /** About when the issuer is asked again. */
    private static final long AWAY_SECONDS = 5;

    private static final long BUSY_SECONDS = 1;

    private final Supplier<Access> access;
    private final ClientRate rate;
    private final EventStreams streams;

    NewTokens(ObjectProvider<Access> access, ClientRate rate, EventStreams streams) {
        this.access = SingletonSupplier.of(access::getObject);
        this.rate = rate;
        this.streams = streams;
    }

    /**
     * What came of one.
     *
     * @param identity whom it shows; null when nobody
     * @param isAnswered whether the request was answered, as that cannot be told now
     */
    record Outcome(@Nullable Identity identity, boolean isAnswered) {

        private static final Outcome ANSWERED = new Outcome(null, true);
        private static final Outcome NOBODY = new Outcome(null, false);
    }

    /**
     * Looks at what was sent, if it is one.
     *
     * @param forAnybody whether the request is served also when nobody is shown
     */
    Outcome verify(@Nullable String sent, boolean forAnybody, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (sent == null || !access.get().isUnseenToken(sent)) {
            return Outcome.NOBODY;
        }
        if (!rate.isKeptTo(rate.address(request), 1, request, response)) {
            return Outcome.ANSWERED;
        }
        try {
            return new Outcome(access.get().verify(sent), false);
        } catch (UndecidedException e) {
            if (forAnybody) {
                return Outcome.NOBODY;
            }
            refuse(e, request, response);
            return Outcome.ANSWERED;
        }
    }

    private void refuse(UndecidedException undecided, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean away = undecided.reason() == UndecidedException.Reason.ISSUER_AWAY;
        ProblemType type = away ? ProblemType.IDENTITY_PROVIDER_UNAVAILABLE : ProblemType.OVERLOADED;
        long seconds = away ? AWAY_SECONDS : BUSY_SECONDS;
        String why = String.valueOf(undecided.getMessage());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (EventStreams.isAskedFor(request)) {
            streams.turnAway(type, why, seconds * 1000, request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        Problems.send(type, "Nothing was changed: " + why + " Try again in " + seconds + " s.", request, response);
    }
}
