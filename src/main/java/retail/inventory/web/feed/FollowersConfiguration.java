package retail.inventory.web.feed;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.feed.EventHistory;
import retail.inventory.settings.WholeNumber;

/** Bounds what those who follow the feed may cost, most of all those who do not read what they are sent. */
@Configuration(proxyBeanMethods = false)
class FollowersConfiguration {

    /** A batch that waits to be written, the buffers of its connection and its request, about twice what was measured. */
    private static final long BYTES_PER_FOLLOWER = 1 << 18;

    /** Of the heap, at most this part is for followers. */
    private static final int PART_OF_HEAP = 4;

    /** What the operating system keeps for a connection whose client does not read; it would let it grow to megabytes. */
    private static final int SEND_BUFFER_BYTES = 1 << 17;

    /**
     * Settings of the feed.
     *
     * @param followersMax how many clients may follow it as a stream, where the heap has room for them ({@code FEED_FOLLOWERS_MAX})
     * @param followersPerClient how often one client may ({@code FEED_FOLLOWERS_PER_CLIENT})
     */
    @Validated
    @ConfigurationProperties("inventory.feed")
    record FeedProperties(
            @WholeNumber(min = 1, max = 100_000) int followersMax,

            @WholeNumber(min = 1, max = 100_000) int followersPerClient) {}

    @Bean
    @ConditionalOnExpression("'${inventory.role}' != 'api'")
    Followers followers(FeedProperties properties, EventHistory history) {
        int max = places(properties.followersMax(), Runtime.getRuntime().maxMemory());
        return new Followers(max, properties.followersPerClient(), history::wakeAll);
    }

    static int places(int followersMax, long heapBytes) {
        return Math.clamp(heapBytes / PART_OF_HEAP / BYTES_PER_FOLLOWER, 1, followersMax);
    }

    @Bean
    TomcatConnectorCustomizer smallSendBuffer() {
        return connector -> connector.setProperty("socket.txBufSize", Integer.toString(SEND_BUFFER_BYTES));
    }
}
