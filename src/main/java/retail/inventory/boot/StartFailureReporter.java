package retail.inventory.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Prints why the service does not start as one line; Spring's own report, many lines, is switched off. */
final class StartFailureReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailureReporter.class);

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error(
                "Not started. {}{}",
                analysis.getDescription(),
                analysis.getAction() == null ? "" : " " + analysis.getAction());
    }
}
