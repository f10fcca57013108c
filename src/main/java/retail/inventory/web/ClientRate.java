package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import retail.inventory.access.Identity;
import retail.inventory.admission.Admission;
import retail.inventory.admission.RateLimit;

/** How many requests a client may send: an identity that was verified, wherever it is; anybody else by address. */
@Component
final class ClientRate {

    /** No address begins so. */
    private static final String KEY = "key ";

    private final Admission door;
    private final ClientAddress clients;
    private final EventStreams streams;
    private final String policy;

    ClientRate(Admission door, ClientAddress clients, EventStreams streams) {
        this.door = door;
        this.clients = clients;
        this.streams = streams;
        RateLimit limit = door.rateLimit();
        this.policy = "\"client\";q=" + limit.quota() + ";w=" + limit.windowSeconds();
    }

    /** Whose requests are counted together with this one. */
    String client(HttpServletRequest request) {
        Identity verified = RequestIdentity.verified(request);
        return verified == null ? address(request) : KEY + verified.id();
    }

    /** The same for whoever is not known. */
    String address(HttpServletRequest request) {
        return clients.group(request);
    }

    /** Takes a price from what a client may; when it is more, answers so and returns false. */
    boolean isKeptTo(String client, long price, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RateLimit limit = door.rateLimit();
        if (!limit.isOn()) {
            return true;
        }
        RateLimit.Verdict verdict = limit.take(client, price);
        response.setHeader("RateLimit-Policy", policy);
        response.setHeader("RateLimit", "\"client\";r=" + verdict.remaining() + ";t=" + verdict.resetSeconds());
        if (!verdict.admitted()) {
            door.traffic().rateLimited();
            refuse(verdict, request, response);
        }
        return verdict.admitted();
    }

    private void refuse(RateLimit.Verdict verdict, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RateLimit limit = door.rateLimit();
        long seconds = verdict.retryAfterSeconds();
        if (EventStreams.isAskedFor(request)) {
            String why = "a client may send " + limit.perSecond() + " requests a second";
            streams.turnAway(ProblemType.RATE_LIMITED, why, seconds * 1000, request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        Problems.send(
                ProblemType.RATE_LIMITED,
                "Nothing was changed: a client may send " + limit.perSecond() + " requests a second, " + limit.burst()
                        + " at once after a pause, and large answers count for several. Try again in " + seconds
                        + " s.",
                request,
                response);
    }
}
