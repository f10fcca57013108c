package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and the rules of W3C Trace Context. */
class TraceParentTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN_ID = "00f067aa0ba902b7";
    private static final TraceParent SAMPLED = new TraceParent(TRACE_ID, SPAN_ID, "01");

    @Test
    void readsTheTraceTheSpanAndTheFlags() {
        assertThat(TraceParent.of("00-" + TRACE_ID + "-" + SPAN_ID + "-01")).isEqualTo(SAMPLED);
        assertThat(TraceParent.of("00-" + TRACE_ID + "-" + SPAN_ID + "-00"))
                .isEqualTo(new TraceParent(TRACE_ID, SPAN_ID, "00"));
    }

    @Test
    void readsWhatItKnowsOfALaterVersion() {
        assertThat(TraceParent.of("cc-" + TRACE_ID + "-" + SPAN_ID + "-01")).isEqualTo(SAMPLED);
        assertThat(TraceParent.of("cc-" + TRACE_ID + "-" + SPAN_ID + "-01-what-will-be"))
                .isEqualTo(SAMPLED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b70-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0/",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void hasNoneThatBreaksARule(@Nullable String header) {
        assertThat(TraceParent.of(header)).isNull();
    }
}
