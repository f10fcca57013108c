package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.simulation.ExpectedErrors;

/** What nobody foresaw is counted, and whoever runs in a loop goes on. */
@ExtendWith(ExpectedErrors.class)
class DefectsTest {

    @Test
    void workForTheThreadOfSomebodyElseTellsItsFailure() {
        long before = Defects.count();
        assertThatCode(Defects.told("test", () -> {
                    throw new NoClassDefFoundError("x");
                })::run)
                .doesNotThrowAnyException();
        assertThat(Defects.count()).isGreaterThan(before);
    }

    /** A stack that is full is full for the lines about it as well. */
    @Test
    void aTaskOutlivesAStackThatIsFull() {
        GuardedTask task = new GuardedTask("test");
        assertThat(task.run(() -> assertThat(depth(0)).isZero())).isFalse();
        assertThat(task.problem()).startsWith("a defect").contains("StackOverflowError");
        assertThat(task.run(() -> {})).isTrue();
        assertThat(task.problem()).isEmpty();
    }

    @Test
    void aTaskOutlivesADefectThatCannotBeTold() {
        long before = Defects.count();
        GuardedTask task = new GuardedTask("test");
        assertThat(task.run(() -> {
                    throw new UntellableException();
                }))
                .isFalse();
        assertThat(task.problem()).isEqualTo("a defect, see the log");
        assertThat(Defects.count()).isGreaterThanOrEqualTo(before + 2);
    }

    private static final class UntellableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("made by a test");
        }
    }

    private static int depth(int above) {
        return above < 0 ? 0 : 1 + depth(above + 1);
    }

    /** Only in a process that is ours alone: this one is Maven's. */
    @Test
    void aProcessOfOthersIsNotEnded() {
        ProcessEnd.ifOutOfMemory(new IllegalStateException(new OutOfMemoryError("Java heap space")));
        ProcessEnd.because("of a test", new AssertionError());
        assertThat(Thread.currentThread().isAlive()).isTrue();
    }
}
