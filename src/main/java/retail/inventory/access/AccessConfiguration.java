package retail.inventory.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.background.PacedLoop;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;

/** Reads the keys before the first request, and then follows their file. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    private static final long LOOK_EVERY_MS = 1000;
    private static final long WRITE_EVERY_MS = 1000;

    /**
     * Who may use the service.
     *
     * @param mode {@code ACCESS}: open, required, or nothing: everybody on a loopback address until there is a key
     * @param keysFile {@code ACCESS_KEYS_FILE}: a file of keys that is only read; empty = the one in the data directory
     * @param jwtIssuer {@code ACCESS_JWT_ISSUER}: whose tokens show who somebody is, as it stands in them; empty = nobody's
     * @param jwtAudience {@code ACCESS_JWT_AUDIENCE}: the name of this service in tokens
     * @param jwtJwks {@code ACCESS_JWT_JWKS}: page or file of the issuer's public keys; empty = the page that the issuer names
     * @param jwtScopes {@code ACCESS_JWT_SCOPES}: the claim that has the operations
     * @param jwtStores {@code ACCESS_JWT_STORES}: the claim that has the stores
     * @param jwtRoles {@code ACCESS_JWT_ROLES}: the claim that has the roles
     */
    @Validated
    @ConfigurationProperties("inventory.access")
    record AccessProperties(
            @Pattern(regexp = "|open|required", message = "must be open, required, or nothing")
            String mode,

            String keysFile,
            String jwtIssuer,
            String jwtAudience,
            String jwtJwks,
            @NotBlank(message = "must name a claim") String jwtScopes,
            @NotBlank(message = "must name a claim") String jwtStores,
            @NotBlank(message = "must name a claim") String jwtRoles) {}

    @Bean
    Keys keys(InstantSource clock) {
        return new Keys(clock);
    }

    @Bean
    AuditTrail auditTrail(Disk disk, DataDirectory data, InstantSource clock) {
        return new AuditTrail(disk, data.path(), clock);
    }

    @Bean
    Refusals refusals(AuditTrail trail) {
        return new Refusals(trail, System::nanoTime);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PacedLoop trailLoop(Refusals refusals) {
        return new PacedLoop(
                Thread.ofPlatform().daemon().name("access-trail").factory(),
                WRITE_EVERY_MS,
                refusals::pass,
                refusals::lastPass);
    }

    @Bean
    KeyWatch keyWatch(Keys keys, AuditTrail trail, Disk disk, DataDirectory data, AccessProperties properties) {
        boolean own = properties.keysFile().isBlank();
        KeyFile file = own ? KeyFile.in(disk, data.path()) : KeyFile.at(disk, Path.of(properties.keysFile()));
        KeyWatch watch = new KeyWatch(file, keys, own, () -> trail.keysRead(keys));
        try {
            if (!watch.open() && !own) {
                throw new AccessStartException(
                        "There is no file " + file.path() + ": set ACCESS_KEYS_FILE to one that" + " bin/key made.");
            }
        } catch (KeyFileDamagedException e) {
            throw new AccessStartException(
                    e.getMessage() + ". Put it right, or take it away and make new keys with bin/key.");
        } catch (IOException e) {
            throw new AccessStartException("The file of keys " + file.path() + " cannot be read (" + e
                    + "): give this user read access to it.");
        }
        return watch;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PacedLoop keyLoop(KeyWatch watch) {
        return new PacedLoop(
                Thread.ofPlatform().daemon().name("access-keys").factory(), LOOK_EVERY_MS, watch::look, () -> {});
    }

    @Bean
    Access access(
            Keys keys,
            KeyWatch read,
            ObjectProvider<Tokens> tokens,
            AccessProperties properties,
            @Value("${server.address}") String host) {
        Tokens issued = tokens.getIfAvailable();
        if (issued == null && !(properties.jwtAudience() + properties.jwtJwks()).isBlank()) {
            throw new AccessStartException(
                    "ACCESS_JWT_AUDIENCE or ACCESS_JWT_JWKS is set, and ACCESS_JWT_ISSUER is not:"
                            + " name the issuer of the tokens, or leave out all of them.");
        }
        Access access = Access.of(keys, issued, properties.mode(), host, isLoopback(host));
        if (access.mode() == Access.Mode.OPEN) {
            LOG.warn("ACCESS=open: everybody who reaches {} may do everything, and nobody is asked who he is", host);
        } else if (access.mode() == Access.Mode.REQUIRED) {
            LOG.info(
                    "Access: {}, {} keys in use{}{}",
                    access.mode(),
                    keys.alive(),
                    issued == null ? "" : ", and tokens of " + properties.jwtIssuer(),
                    read.problem());
        }
        return access;
    }

    private static boolean isLoopback(String host) {
        try {
            return !host.isBlank() // which stands for all addresses
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // it will not start
        }
    }
}
