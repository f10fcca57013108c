package retail.inventory.acceptance;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** What {@link TestIssuer} runs. No component, or the service would find it and be shut by it. */
@EnableWebSecurity
class IssuerServer {

    private static final List<Client> CLIENTS = List.of(
            new Client(
                    "till", List.of(), Map.of("inventory_stores", List.of("S1")), List.of("inventory:till", "other")),
            new Client(
                    "german",
                    List.of("inventory:read", "inventory:adjust", "inventory:open", "inventory:central", "profile"),
                    Map.of("inventory_stores", "DE-*"),
                    List.of("admin")),
            new Client("shop", List.of(), Map.of("inventory_stores", "*"), List.of("inventory:shop")),
            new Client("feed", List.of("inventory:feed"), Map.of("inventory_stores", "*"), List.of()),
            new Client("storeless", List.of("inventory:read", "inventory:metrics"), Map.of(), List.of()));

    record Client(String id, List<String> scopes, Map<String, Object> claims, List<String> roles) {}

    static Client client(String id) {
        return CLIENTS.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    @Bean
    TomcatServletWebServerFactory web(TestIssuer issuer) {
        TomcatServletWebServerFactory web = new TomcatServletWebServerFactory(issuer.port());
        web.setAddress(InetAddress.getLoopbackAddress());
        web.setRegisterDefaultServlet(true); // filters are asked on the way to a servlet
        return web;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean security() {
        return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    }

    @Bean
    FilterRegistrationBean<Filter> counter(TestIssuer issuer) {
        FilterRegistrationBean<Filter> counting = new FilterRegistrationBean<>((request, response, chain) -> {
            issuer.keysAsked().incrementAndGet();
            chain.doFilter(request, response);
        });
        counting.addUrlPatterns("/oauth2/jwks");
        counting.setOrder(Integer.MIN_VALUE);
        return counting;
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                .build();
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(CLIENTS.stream()
                .map(client -> RegisteredClient.withId(client.id())
                        .clientId(client.id())
                        .clientSecret("{noop}" + client.id())
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .scopes(scopes -> scopes.addAll(client.scopes()))
                        .build())
                .toList());
    }

    @Bean
    JWKSource<SecurityContext> keys(TestIssuer issuer) {
        return (wanted, _) -> wanted.select(issuer.keys());
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(TestIssuer issuer) {
        return token -> {
            Client client = CLIENTS.stream()
                    .filter(one -> one.id().equals(token.getRegisteredClient().getClientId()))
                    .findFirst()
                    .orElseThrow();
            token.getJwsHeader().keyId(issuer.key().getKeyID());
            token.getClaims()
                    .audience(List.of(TestIssuer.AUDIENCE))
                    .claim("realm_access", Map.of("roles", client.roles()))
                    .claims(all -> all.putAll(client.claims()));
        };
    }
}
