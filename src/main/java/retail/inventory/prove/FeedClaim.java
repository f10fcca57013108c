package retail.inventory.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import retail.inventory.prove.Claims.Acknowledged;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The feed has every acknowledged change of the store exactly once, in order: in pages, and as a stream that is cut. */
final class FeedClaim {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ATTEMPTS_MAX = 30;
    private static final long SECONDS_MIN = 60;
    private static final long EVENTS_PER_SECOND_MIN = 500;

    private final ProvingClient client;
    private final Set<Acknowledged> acknowledged;
    private final long first;
    private final long last;

    FeedClaim(ProvingClient client, List<Acknowledged> acknowledged) {
        this.client = client;
        this.acknowledged = new HashSet<>(acknowledged);
        this.first =
                acknowledged.stream().mapToLong(Acknowledged::sequence).min().orElseThrow();
        this.last =
                acknowledged.stream().mapToLong(Acknowledged::sequence).max().orElseThrow();
    }

    String complete() throws IOException {
        client.get("/central/skus/none?minSequence=" + last); // waits until the feed's process has it all
        List<Acknowledged> pages = pages();
        require("pages", pages);
        long middle = pages.get(pages.size() / 2).sequence();
        List<Acknowledged> streamed = new ArrayList<>();
        stream(first - 1, middle, streamed);
        stream(middle, last, streamed);
        require("a stream that was resumed", streamed);
        return acknowledged.size() + " acknowledged changes, each once and in order, in pages and in a resumed stream";
    }

    private List<Acknowledged> pages() {
        List<Acknowledged> events = new ArrayList<>();
        FeedPages.each(client, first - 1, last, event -> keep(event, events));
        return events;
    }

    private void stream(long after, long until, List<Acknowledged> events) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
            HttpResponse<InputStream> stream = client.stream(after);
            try (InputStream body = stream.body()) {
                if (stream.statusCode() != 200) {
                    throw new ProofFailedException("the feed cannot be followed: status " + stream.statusCode());
                }
                if (followInTime(body, after, until, events)) {
                    return;
                }
            }
            ProvingClient.pause(1000); // it was told to come back later
        }
        throw new ProofFailedException("the feed cannot be followed: it ends at once, again and again");
    }

    /** A stream that lives and never has the event must not keep anybody for ever. */
    private boolean followInTime(InputStream body, long after, long until, List<Acknowledged> events)
            throws IOException {
        CompletableFuture<Boolean> followed = new CompletableFuture<>();
        Thread _ = Thread.startVirtualThread(() -> {
            try {
                followed.complete(follow(body, until, events));
            } catch (IOException | RuntimeException e) {
                followed.completeExceptionally(e);
            }
        });
        long secondsMax = SECONDS_MIN + (until - after) / EVENTS_PER_SECOND_MIN;
        try {
            return followed.get(secondsMax, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProofFailedException("the stream does not have " + until + " after " + secondsMax + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProofFailedException failed) {
                throw failed;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProofFailedException("interrupted");
        }
    }

    /** False when the stream ended before it began. */
    private boolean follow(InputStream body, long until, List<Acknowledged> events) throws IOException {
        boolean began = false;
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            began |= line.startsWith(": following");
            if (line.startsWith("data:")) {
                JsonNode event = JSON.readTree(line.substring("data:".length()));
                if (event.path("sequence").asLong() <= until) {
                    keep(event, events);
                }
                if (event.path("sequence").asLong() >= until) {
                    return true;
                }
            }
        }
        if (began) {
            throw new ProofFailedException("the stream ended before " + until);
        }
        return false;
    }

    private void keep(JsonNode event, List<Acknowledged> events) {
        for (JsonNode movement : event.path("movements")) {
            if (movement.path("storeId").asString("").equals(client.store())) {
                events.add(new Acknowledged(
                        event.path("sequence").asLong(),
                        event.path("eventId").asString(""),
                        movement.path("sku").asString(""),
                        movement.path("version").asLong(),
                        movement.path("qty").asLong()));
            }
        }
    }

    private void require(String where, List<Acknowledged> events) {
        long before = 0;
        for (Acknowledged event : events) {
            if (event.sequence() <= before) {
                throw new ProofFailedException(where + " have an event twice or out of order: " + event);
            }
            if (!acknowledged.contains(event)) {
                throw new ProofFailedException(where + " have an event that nobody was told of so: " + event);
            }
            before = event.sequence();
        }
        if (events.size() != acknowledged.size()) {
            acknowledged.removeAll(new HashSet<>(events));
            throw new ProofFailedException(acknowledged.size() + " acknowledged changes are not in " + where
                    + ", one of them: " + acknowledged.iterator().next());
        }
    }
}
