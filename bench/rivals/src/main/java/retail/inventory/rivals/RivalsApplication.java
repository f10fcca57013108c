package retail.inventory.rivals;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Starts one rival, by its profile, and says where it listens in the words of the service. */
@SpringBootApplication
class RivalsApplication {

    public static void main(String[] args) {
        SpringApplication.run(RivalsApplication.class, args);
    }

    @EventListener
    void ready(ServletWebServerInitializedEvent event) {
        System.out.println("Inventory service ready: http://localhost:" + event.getWebServer().getPort() + "/");
    }
}
