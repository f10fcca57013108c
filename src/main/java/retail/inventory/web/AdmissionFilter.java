package retail.inventory.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Admission;
import retail.inventory.admission.BoundedBulkhead;
import retail.inventory.admission.RequestCounters;

/**
 * Asks admission about each request before anything is done with it. Health always comes in; metrics, actuator and reads only
 * have to keep to the rate limit; requests that change something also need a place in a bulkhead, so that reads go on
 * while changes are sent away.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public class AdmissionFilter extends RequestFilter {

    /** Paths, behind both prefixes, at which nobody is ever sent away. */
    private static final String[] FREE = {"/health", "/actuator/health"};

    /** Paths that tell about the service, limited for themselves, so that who asks there and who uses it take nothing away. */
    private static final String[] ABOUT = {"/health", "/metrics", "/actuator"};

    private static final String[] SYNC = {"/sync", "/dead-letters"};

    private final Admission door;
    private final RequestSlot turn;
    private final ClientRate rate;

    AdmissionFilter(Admission door, RequestSlot turn, ClientRate rate) {
        this.door = door;
        this.turn = turn;
        this.rate = rate;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean about = isAboutTheService(request);
        RequestPath path = RequestPath.of(request);
        boolean free = path.isRoot() || path.isOrIsBelow(FREE);
        if (!AcceptLength.isFine(request, about && !free)) {
            refuse(ProblemType.NOT_ACCEPTABLE, AcceptLength.TOO_LONG, null, request, response);
        } else if (!about) {
            filterCounted(request, response, chain);
        } else if (free || rate.isKeptTo("about " + rate.client(request), 1, request, response)) {
            chain.doFilter(request, response);
        }
    }

    private void filterCounted(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestCounters traffic = door.traffic();
        traffic.began();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            if (door.isClosing()) {
                response.setHeader(HttpHeaders.CONNECTION, "close");
            }
            String client = rate.client(request);
            if (rate.isKeptTo(client, RequestPrice.of(request), request, response)) {
                admit(request, response, chain);
                long more = RequestPrice.ofAddedRows(request);
                if (more > 0 && door.rateLimit().isOn()) {
                    door.rateLimit().takeMore(client, more);
                }
            }
            status = BufferedBody.RefusedBodyException.status(request, response);
        } finally {
            traffic.ended(status);
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BoundedBulkhead bulkhead = bulkhead(request);
        if (bulkhead == null) {
            chain.doFilter(request, response);
        } else if (door.isClosing()) {
            refuse(ProblemType.STOPPING, Problems.STOPPING, Problems.RETRY_AFTER_SECONDS, request, response);
        } else {
            admitWhole(bulkhead, request, response, chain);
        }
    }

    /** With its body in memory, before it takes a place. */
    private void admitWhole(
            BoundedBulkhead bulkhead, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BodyLimitFilter.bytesMax(request)) {
            work(bulkhead, request, response, chain); // refused unread, a moment later
            return;
        }
        BufferedBody whole;
        try {
            whole = BufferedBody.of(request, door.bodies());
        } catch (BufferedBody.RefusedBodyException e) {
            refuseBody(e, request, response);
            return;
        }
        try {
            work(bulkhead, whole, response, chain);
        } finally {
            whole.giveBack(door.bodies());
        }
    }

    /**
     * By way of the web server: when a read failed it has noted an error of its own, with a status that cannot be changed
     * here. {@code ProblemValve} puts that right, without the error page's way through Spring MVC, which costs too much in a
     * flood; for this the request is called aborted, which also is what it is.
     */
    private void refuseBody(
            BufferedBody.RefusedBodyException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        e.note(request);
        RequestLog.rejected(request, e.type());
        if (e.type() == ProblemType.OVERLOADED) {
            door.traffic().shed();
        }
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new ClientAbortException(e));
        if (!response.isCommitted()) {
            response.sendError(e.type().status().value());
        }
    }

    private void work(
            BoundedBulkhead bulkhead, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (bulkhead.enter()) {
            case ADMITTED -> {
                turn.begin(bulkhead);
                try {
                    chain.doFilter(request, response);
                } finally {
                    turn.end();
                }
            }
            case QUEUE_FULL -> shed("too many requests are already waiting", request, response);
            case TIMED_OUT -> shed("timed out waiting for a free slot", request, response);
        }
    }

    private void shed(String why, HttpServletRequest request, HttpServletResponse response) throws IOException {
        door.traffic().shed();
        refuse(
                ProblemType.OVERLOADED,
                "Nothing was changed: " + why + ". Try again later.",
                Problems.RETRY_AFTER_SECONDS,
                request,
                response);
    }

    /** The bulkhead a request needs a place in; null when it changes nothing. */
    private @Nullable BoundedBulkhead bulkhead(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> null;
            default -> RequestPath.of(request).isOrIsBelow(SYNC) ? door.syncs() : door.changes();
        };
    }

    /** Whether a request asks how the service is, as probes and scrapes do. */
    static boolean isAboutTheService(HttpServletRequest request) {
        RequestPath path = RequestPath.of(request);
        return path.isRoot() || isAboutTheService(path);
    }

    /** Whether a path is one at which a process tells how it is. */
    public static boolean isAboutTheService(RequestPath path) {
        return path.isOrIsBelow(ABOUT);
    }

    private static void refuse(
            ProblemType type,
            String detail,
            @Nullable String retryAfterSeconds,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (retryAfterSeconds != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        Problems.send(type, detail, request, response);
    }
}
