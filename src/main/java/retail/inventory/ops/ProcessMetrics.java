package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import retail.inventory.process.Defects;
import retail.inventory.process.ProcessOutput;

/** What becomes of this process's own lines, for Prometheus. */
@Component
class ProcessMetrics implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("inventory.output.dropped", this, of -> ProcessOutput.dropped())
                .description("lines of this process's own log that nobody read in time, or that could not be written")
                .register(registry);
        FunctionCounter.builder("inventory.defects", this, of -> Defects.count())
                .description(
                        "errors that nobody foresaw and that a task behind the requests survived, or a thread ended by")
                .register(registry);
    }
}
