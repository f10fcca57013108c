package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;
import retail.inventory.lease.FileLeases;
import retail.inventory.lease.HeldLease;

/** Which of several processes on a data directory may write now, and how long changes wait for their turn. */
@Component
@Endpoint(id = "leases")
class LeasesEndpoint implements MeterBinder {

    private final ObjectProvider<FileLeases> shared;

    LeasesEndpoint(ObjectProvider<FileLeases> shared) {
        this.shared = shared;
    }

    /**
     * The lease of all processes.
     *
     * @param enabled whether this process takes it
     * @param leases the one, while any process has it
     */
    record Leases(boolean enabled, List<HeldLease> leases) {}

    @ReadOperation
    Leases now() throws IOException {
        FileLeases leases = shared.getIfAvailable();
        return leases == null ? new Leases(false, List.of()) : new Leases(true, leases.held());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        shared.ifAvailable(leases -> {
            FunctionTimer.builder(
                            "inventory.lock.wait",
                            leases,
                            of -> of.counts().acquired() + of.counts().rejected(),
                            of -> of.counts().waitNanos(),
                            TimeUnit.NANOSECONDS)
                    .description("how long changes waited for the lease, refused ones as well")
                    .register(registry);
            TimeGauge.builder(
                            "inventory.lock.wait.longest",
                            leases,
                            TimeUnit.NANOSECONDS,
                            of -> of.counts().waitMaxNanos())
                    .description("the longest of these waits since the start")
                    .register(registry);
        });
    }
}
