package retail.inventory.rivals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A PostgreSQL of its own in {@code DATA_DIR}, with its default durability. */
@Configuration(proxyBeanMethods = false)
@Profile("postgres")
class PostgresConfiguration {

    private static final String SCHEMA = """
            CREATE TABLE inventory (store_id text, sku text, qty bigint NOT NULL, version bigint NOT NULL,
                updated_at timestamptz NOT NULL, PRIMARY KEY (store_id, sku)) WITH (fillfactor = 50);
            CREATE TABLE outbox (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid NOT NULL,
                type text NOT NULL, store_id text NOT NULL, sku text NOT NULL, amount bigint NOT NULL,
                qty bigint NOT NULL, version bigint NOT NULL, ts timestamptz NOT NULL DEFAULT now());""";

    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres(@Value("${DATA_DIR}") Path directory) throws IOException {
        // The library turns these off for tests; a store that has to keep its stock would not.
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(EmbeddedPostgres postgres, @Value("${POOL_SIZE:32}") int poolSize) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        config.setUsername("postgres");
        config.setMaximumPoolSize(poolSize);
        return new HikariDataSource(config);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(SCHEMA);
        return jdbc;
    }

    @Bean
    TransactionTemplate transactionTemplate(DataSource dataSource) {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }
}
