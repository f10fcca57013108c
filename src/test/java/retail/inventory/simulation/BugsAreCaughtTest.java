package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.planted.MutatedClasses;

/** A simulation that has never found a bug proves nothing: it finds each of these, with the seeds of every build. */
@Isolated("a lock shared with other tests would decide what only a seed may")
@ExtendWith(ExpectedErrors.class)
class BugsAreCaughtTest {

    private static final Logger LOG = LoggerFactory.getLogger("simulation");

    @ParameterizedTest
    @EnumSource
    void withinTheSeedsOfTheSimulation(Bugs bug) throws Exception {
        try (MutatedClasses service = MutatedClasses.with(bug.bug())) {
            Object caught = service.apply(SeedsUntilCaught.class.getName(), bug.likelySeed());
            LOG.info("{}: {}", bug.words(), caught);
            assertThat(caught).as(bug.words()).isNotNull();
        }
    }
}
