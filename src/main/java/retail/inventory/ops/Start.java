package retail.inventory.ops;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.stereotype.Component;
import retail.inventory.central.Central;
import retail.inventory.disk.DataDirectory;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.table.InventoryFileWriter;

/** Rebuilds the state once the web server answers (liveness is up, readiness follows) and says that all is ready. */
@Component
class Start implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    private final Recovery recovery;
    private final InventoryService service;
    private final InventoryFileWriter writer;
    private final Central central;
    private final DataDirectory data;
    private final WebServerApplicationContext context;
    private final String host;

    Start(
            Recovery recovery,
            InventoryService service,
            InventoryFileWriter writer,
            Central central,
            DataDirectory data,
            WebServerApplicationContext context) {
        this.recovery = recovery;
        this.service = service;
        this.writer = writer;
        this.central = central;
        this.data = data;
        this.context = context;
        this.host = context.getEnvironment().getRequiredProperty("server.address");
    }

    @Override
    public void run(ApplicationArguments args) {
        Recovery.Report report = recovery.run(service, writer);
        central.start(args.containsOption("inventory.rebuild-central"));
        String url = "http://" + (host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host) + ":"
                + (context.getWebServer() == null ? 0 : context.getWebServer().getPort());
        LOG.info(
                "Inventory service ready: {}/stores/{store}/inventory/{sku} (also under /api/inventory), all stores"
                        + " at {}/central/skus/{sku}, health at {}/health/readiness and {}/actuator, data in {}: {}",
                url,
                url,
                url,
                url,
                data.path(),
                recovered(report));
    }

    private static String recovered(Recovery.Report report) {
        if (report.sequence() == 0) {
            return "new, nothing to recover";
        }
        return String.format(
                Locale.ROOT,
                "recovered %,d SKUs through sequence %,d in %s (%,d events, %.1f MiB of log read)",
                report.skus(),
                report.sequence(),
                seconds(report.took()),
                report.events(),
                report.bytes() / 1048576.0);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toNanos() / 1e9);
    }
}
