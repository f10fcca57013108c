package retail.inventory.background;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.files.Disk;
import retail.inventory.files.RetriedReads;

/** Breakers that remember each state they have come into, however short it was. */
public final class WatchedBreakers {

    private final CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
    private final ConcurrentMap<String, List<DiskBreaker.State>> histories = new ConcurrentHashMap<>();
    private final DiskBreakers breakers;

    /** Breakers with these settings. */
    public WatchedBreakers(Settings settings) {
        circuits.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
        breakers = new DiskBreakers(settings, circuits, RetryRegistry.ofDefaults(), new MonotonicClock());
    }

    private void watch(CircuitBreaker circuit) {
        circuit.getEventPublisher()
                .onStateTransition(event -> history(circuit.getName())
                        .add(DiskBreaker.State.valueOf(
                                event.getStateTransition().getToState().name())));
    }

    /** The breakers. */
    public DiskBreakers breakers() {
        return breakers;
    }

    /** What the library knows of one of them. */
    CircuitBreaker circuit(String name) {
        return circuits.find(name).orElseThrow();
    }

    /** How often work was not tried because one of them was open. */
    public long leftAlone(String name) {
        return circuit(name).getMetrics().getNumberOfNotPermittedCalls();
    }

    /** A disk that is read as the service reads: again when it fails. */
    public Disk patient(Disk disk) {
        return new RetriedReads(disk, breakers.forReading());
    }

    /** The states one of them has come into since it was made, closed; it grows as it comes into more. */
    public List<DiskBreaker.State> history(String name) {
        return histories.computeIfAbsent(name, unknown -> new CopyOnWriteArrayList<>());
    }
}
