package retail.inventory.boot;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.stereotype.Component;
import retail.inventory.audit.Audit;
import retail.inventory.central.Central;
import retail.inventory.files.DataDirectory;

/** Rebuilds the state once the web server answers (liveness is up, readiness follows) and says that all is ready. */
@Component
class Start implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    private final ObjectProvider<StoresStart> stores;
    private final ObjectProvider<Central> central;
    private final ObjectProvider<Audit> audit;
    private final DataDirectory data;
    private final WebServerApplicationContext context;
    private final String host;

    Start(
            ObjectProvider<StoresStart> stores,
            ObjectProvider<Central> central,
            ObjectProvider<Audit> audit,
            DataDirectory data,
            WebServerApplicationContext context) {
        this.stores = stores;
        this.central = central;
        this.audit = audit;
        this.data = data;
        this.context = context;
        this.host = context.getEnvironment().getRequiredProperty("server.address");
        stores.ifAvailable(StoresStart::readAhead); // half of a start is the framework's: files are read meanwhile
        central.ifAvailable(Central::readAhead);
    }

    @Override
    public void run(ApplicationArguments args) {
        List<String> urls = urls();
        String url = urls.getFirst();
        LOG.info(
                "Inventory service starting: role {}, data in {}, process {}, Java {}",
                value("role", context.getEnvironment().getProperty("inventory.role")),
                data.path(),
                value("pid", ProcessHandle.current().pid()),
                Runtime.version());
        List<String> found = new ArrayList<>();
        stores.ifAvailable(one -> found.add(one.recover()));
        central.ifAvailable(one ->
                one.start(args.containsOption("inventory.rebuild-central"), () -> audit.ifAvailable(Audit::start)));
        stores.ifAvailable(StoresStart::startBackgroundWork);
        LOG.info(
                "Inventory service ready: {}/{}, data in {}{}. What it can do: {}/docs",
                url,
                urls.size() > 1 ? " (health, metrics and actuator: " + urls.getLast() + "/)" : "",
                data.path(),
                found.isEmpty() ? "" : " (" + found.getFirst() + ")",
                url);
    }

    /** Where it listens: for clients, and for operators when these have a port of their own. */
    private List<String> urls() {
        return context.getWebServer() instanceof TomcatWebServer server
                ? Stream.of(server.getTomcat().getService().findConnectors())
                        .map(connector -> url(connector.getScheme(), connector.getLocalPort()))
                        .toList()
                : List.of(url("http", 0));
    }

    private String url(String scheme, int port) {
        return scheme + "://" + (host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host) + ":" + port;
    }
}
