package retail.inventory;

import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import retail.inventory.command.Commands;
import retail.inventory.process.ProcessEnd;
import retail.inventory.process.ProcessOutput;

/** The inventory service: starts all packages, or runs one of the jar's commands instead. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class InventoryApplication {

    /** Starts the service with its settings from environment variables and arguments, unless they begin with a command. */
    public static void main(String[] args) {
        if (Commands.areMeantBy(args)) {
            System.exit(Commands.run(args));
        }
        ProcessOutput.install();
        ProcessEnd.install();
        SpringApplication application = new SpringApplication(InventoryApplication.class);
        application.setDefaultProperties(
                Map.of("inventory.signals", true)); // the process is ours, unlike that of a test
        application.run(args);
    }

    /** The clock of all packages. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
