package retail.inventory.web.central;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.access.Operation;
import retail.inventory.central.Central;
import retail.inventory.central.CentralInventory;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralInventory.Located;
import retail.inventory.central.Freshness;
import retail.inventory.central.SyncWorker;
import retail.inventory.feed.EventHistory;
import retail.inventory.web.Dumps;
import retail.inventory.web.EntityTags;
import retail.inventory.web.GrantedStores;
import retail.inventory.web.LogPosition;
import retail.inventory.web.LogPositions;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;
import retail.inventory.web.QueryParameters;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestPath;
import retail.inventory.web.RequestPrice;
import retail.inventory.web.RequestValues;
import retail.inventory.web.StalledTransfer;
import retail.inventory.web.TrailedActs;
import retail.inventory.web.central.CentralResponses.AsOf;
import retail.inventory.web.central.CentralResponses.EntryResponse;
import retail.inventory.web.central.CentralResponses.SkuResponse;
import retail.inventory.web.central.CentralResponses.StoreResponse;

/** The stock of all stores that are granted, milliseconds behind them; every answer says how old it is. */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'api'")
@RequestMapping(
        path = {"", "/api"},
        produces = MediaType.APPLICATION_JSON_VALUE)
class CentralController {

    /** How long a read with {@code minSequence} waits, in milliseconds. */
    private static final long WAIT_MS = 2000;

    /** The tag of answers that are not to be compared with later ones: there is something to show after a change only. */
    private static final long NEVER_AGAIN = 0;

    private final Central central;
    private final CentralInventory view;
    private final SyncWorker worker;
    private final EventHistory history;
    private final LogPositions positions;
    private final Dumps dumps;
    private final InstantSource clock;
    private final TrailedActs acts;

    CentralController(
            Central central,
            CentralInventory view,
            SyncWorker worker,
            EventHistory history,
            LogPositions positions,
            Dumps dumps,
            InstantSource clock,
            TrailedActs acts) {
        this.central = central;
        this.view = view;
        this.worker = worker;
        this.history = history;
        this.positions = positions;
        this.dumps = dumps;
        this.clock = clock;
        this.acts = acts;
    }

    @GetMapping("/central/skus/{sku}")
    @QueryParameters("minSequence")
    @Nullable
    ResponseEntity<Object> skuInPath(@PathVariable String sku, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        return sku(sku, request, response);
    }

    @GetMapping("/central/skus")
    @QueryParameters({"sku", "minSequence"})
    @Nullable
    ResponseEntity<Object> skuInQuery(HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        return sku(RequestValues.sku(request), request, response);
    }

    private @Nullable ResponseEntity<Object> sku(String sku, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        RequestValues.requireSku("sku", sku);
        Freshness freshness = awaitFreshness(request);
        GrantedStores shown = GrantedStores.of(request, Operation.CENTRAL);
        List<Located> found = view.find(shown, sku);
        if (found.isEmpty()) {
            String who = shown.areAll() ? "No store has SKU " : "None of the stores that are granted has SKU ";
            return Problems.response(ProblemType.UNKNOWN_SKU, who + sku + ".", Map.of());
        }
        RequestPrice.addRows(request, found.size());
        Instant now = clock.instant();
        boolean ended = found.stream().anyMatch(each -> each.entry().hasEndedHolds(now));
        long versions = found.stream().mapToLong(each -> each.entry().version()).sum();
        if (isKnown(shown, versions, ended, request, response)) {
            return null;
        }
        return ResponseEntity.ok(SkuResponse.of(sku, found, now, freshness, history.logId()));
    }

    @GetMapping("/central/stores/{storeId}")
    @QueryParameters({"limit", "after", "minSequence"})
    @Nullable
    ResponseEntity<Object> store(@PathVariable String storeId, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        RequestValues.requireStoreId(storeId, RequestPath.of(request).isLastPlain());
        int limit = RequestValues.limit(request);
        String after = RequestValues.afterSku(request);
        RequestIdentity.require(request, Operation.CENTRAL, storeId);
        GrantedStores shown = GrantedStores.of(request, Operation.CENTRAL);
        Freshness freshness = awaitFreshness(request);
        Instant now = clock.instant();
        boolean ended = view.hasEndedHolds(storeId, now);
        long changes = view.changes(storeId);
        if (changes == 0) {
            throw ProblemException.unknownStore(storeId);
        }
        if (isKnown(shown, changes, ended, request, response)) {
            return null;
        }
        List<Entry> page = view.page(storeId, after, limit);
        return ResponseEntity.ok(new StoreResponse(
                storeId,
                page.stream().map(entry -> EntryResponse.of(entry, now)).toList(),
                page.size() < limit ? null : page.getLast().sku(),
                AsOf.of(freshness, history.logId()),
                freshness.lagMs(),
                freshness.stale()));
    }

    /** Streamed, for it may be large: {@code {asOf, lagMs, stale, inventory: {store: {sku: {qty, held, …}}}}}. */
    @GetMapping("/central/inventory")
    @QueryParameters("minSequence")
    void inventory(HttpServletRequest request, HttpServletResponse response) throws InterruptedException, IOException {
        Freshness freshness = awaitFreshness(request);
        Instant now = clock.instant();
        GrantedStores shown = GrantedStores.of(request, Operation.CENTRAL);
        boolean ended = view.hasEndedHolds(shown, now);
        long changes = shown.areAll() ? view.changes() : view.changes(shown);
        if (isKnown(shown, changes, ended, request, response)) {
            return;
        }
        StalledTransfer place = dumps.enter();
        if (place == null) {
            throw new ProblemException(
                    ProblemType.OVERLOADED,
                    "The whole inventory is being sent to " + Dumps.AT_ONCE + " clients already. Try again later.",
                    Map.of());
        }
        try {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            CentralStream.write(view, shown, now, freshness, history.logId(), response.getOutputStream());
        } finally {
            dumps.leave(place);
        }
    }

    @PostMapping("/sync")
    SyncWorker.Synced sync(HttpServletRequest request) {
        central.requireStarted();
        acts.before("sync", Map.of(), request);
        return central.sync();
    }

    /**
     * Whether a client has what has seen so many changes. Never while a hold has ended that no event has dropped yet: what is
     * shown has become another without a change, and may become the old one again should the clock be set back.
     */
    private boolean isKnown(
            GrantedStores shown,
            long changes,
            boolean ended,
            HttpServletRequest request,
            HttpServletResponse response) {
        String tag = shown.tag(ended ? NEVER_AGAIN : changes, history.logId());
        boolean known = EntityTags.isKnown(tag, !ended, request, response);
        RequestIdentity.keepApart(request, response);
        return known;
    }

    private Freshness awaitFreshness(HttpServletRequest request) throws InterruptedException {
        central.requireStarted();
        LogPosition least = RequestValues.position(request, "minSequence");
        if (least != null) {
            positions.requireHere(least);
        }
        if (least != null && !worker.awaitPosition(least.sequence(), WAIT_MS)) {
            throw new ProblemException(
                    ProblemType.BEHIND,
                    "The central view has not reached sequence " + least.sequence() + " within " + WAIT_MS
                            + " ms: try again, or read without minSequence.",
                    Map.of("sequence", worker.position()));
        }
        return worker.freshness();
    }
}
