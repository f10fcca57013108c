package retail.inventory.feed;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.journal.EventFeed;

@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class FeedConfiguration {

    @Bean(destroyMethod = "")
    EventHistory eventHistory(EventFeed feed) {
        return new EventHistory(feed);
    }
}
