package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.files.RealDisk;

class LeaseConfigurationTest {

    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(LeaseConfiguration.LeaseProperties.class)
    static class Properties {}

    @Test
    void thereAreNoLeasesUnlessAskedFor() {
        try (var context = with(Map.of("inventory.disk.locks-enabled", "false"))) {
            assertThat(context.getBean(Leases.class)).isSameAs(Leases.NONE);
            assertThat(directory.resolve("locks")).doesNotExist();
        }
    }

    @Test
    void leasesAreInTheDataDirectoryUnlessToldElsewhere() {
        try (var context = with(Map.of("inventory.disk.locks-enabled", "true"))) {
            context.getBean(Leases.class).take(() -> {}).close();
            assertThat(directory.resolve("locks")).isDirectoryContaining("glob:**/owner-*");
        }
        assertThat(directory.resolve("locks")).isDirectoryNotContaining("glob:**/owner-*");
        Path elsewhere = directory.resolve("elsewhere");
        try (var _ =
                with(Map.of("inventory.disk.locks-enabled", "true", "inventory.lease.dir", elsewhere.toString()))) {
            assertThat(elsewhere).isDirectoryContaining("glob:**/owner-*");
        }
    }

    @Test
    void aLeaseMustBeRenewedBeforeItRunsOut() {
        assertThatThrownBy(() -> with(Map.of("inventory.lease.renew-ms", "2000")))
                .rootCause()
                .hasMessageContaining("must be less than LOCK_TTL_MS, which is 2000");
    }

    private AnnotationConfigApplicationContext with(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "inventory.role", "all",
                "inventory.lease.ttl-ms", "2000",
                "inventory.lease.renew-ms", "1000",
                "inventory.lease.wait-ms", "3000",
                "inventory.lease.dir", ""));
        all.putAll(properties);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
        context.registerBean(Disk.class, RealDisk::new);
        context.registerBean(InstantSource.class, InstantSource::system);
        context.registerBean(DataDirectory.class, () -> DataDirectory.open(new RealDisk(), directory, List.of(), true));
        context.register(Properties.class, LeaseConfiguration.class);
        context.refresh();
        return context;
    }
}
