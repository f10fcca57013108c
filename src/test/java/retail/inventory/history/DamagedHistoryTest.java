package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;
import retail.inventory.history.Outcome.Refused;
import retail.inventory.history.Outcome.Shown;

/** Histories that are right are found right; damaged in one place, each is found wrong. */
class DamagedHistoryTest {

    private static final int SEEDS = 300;
    private static final int OPERATIONS = 60;
    private static final long LONG_BEFORE = -1000;
    private static final long LONG_AFTER = 1_000_000;

    /** What can be wrong in one place, so that it must be seen. */
    enum Damage {
        LOST {
            @Override
            void apply(Damaged history) {
                history.replace(history.notLast(), null);
            }
        },
        MADE_TWICE {
            @Override
            void apply(Damaged history) {
                history.answer(history.notLast(), a -> answer(a, a.version() + 1, a.qty(), a.sequence()));
            }
        },
        WRONG_BALANCE {
            @Override
            void apply(Damaged history) {
                history.answer(history.notLast(), a -> answer(a, a.version(), a.qty() + 1, a.sequence()));
            }
        },
        SAME_PLACE {
            @Override
            void apply(Damaged history) {
                history.answer(history.notLast(), a -> answer(a, a.version(), a.qty(), history.lastSequence()));
            }
        },
        TOO_LATE {
            @Override
            void apply(Damaged history) {
                history.move(history.notLast(), LONG_AFTER);
            }
        },
        TOO_EARLY {
            @Override
            void apply(Damaged history) {
                history.move(history.notFirst(), LONG_BEFORE);
            }
        },
        STALE_READ {
            @Override
            void apply(Damaged history) {
                Operation old = history.notLast();
                Accepted answer = (Accepted) old.outcome();
                history.add(old.asked().sku(), 0, LONG_AFTER, new Shown(answer.version(), answer.qty()));
            }
        },
        READ_OF_THE_FUTURE {
            @Override
            void apply(Damaged history) {
                Operation later = history.notFirst();
                Accepted answer = (Accepted) later.outcome();
                history.add(later.asked().sku(), 0, LONG_BEFORE, new Shown(answer.version(), answer.qty()));
            }
        },
        REFUSED_WITHOUT_REASON {
            @Override
            void apply(Damaged history) {
                Operation some = history.notLast();
                Accepted answer = (Accepted) some.outcome();
                Refused refusal = new Refused(Refusal.INSUFFICIENT_STOCK, answer.version(), answer.qty());
                history.add(some.asked().sku(), 1, some.end(), refusal);
            }
        },
        SECOND_EFFECT {
            @Override
            void apply(Damaged history) {
                Operation some = history.notLast();
                Accepted answer = (Accepted) some.outcome();
                Asked asked = some.asked();
                String key = asked.key() == null ? "new" : asked.key();
                Asked again = new Asked(asked.sku(), asked.delta(), asked.expectedVersion(), key);
                history.replace(some, operation(again, some.start(), some.end(), answer));
                history.add(operation(again, LONG_AFTER, LONG_AFTER + 1, answer(answer, 1000, 1, 1000)));
            }
        };

        abstract void apply(Damaged history);

        private static Accepted answer(Accepted was, long version, long qty, long sequence) {
            return new Accepted(version, qty, was.eventId(), sequence, was.replayed());
        }
    }

    /** The operations of a history, to be damaged. */
    static final class Damaged {
        private final List<Operation> operations;
        private final Random random;

        private Damaged(List<Operation> operations, Random random) {
            this.operations = operations;
            this.random = random;
        }

        /** A change without a key that is not the last one of its SKU. */
        private Operation notLast() {
            return pick(true);
        }

        /** A change without a key that is not the first one of its SKU. */
        private Operation notFirst() {
            return pick(false);
        }

        private Operation pick(boolean butTheLast) {
            Map<String, Operation> edge = new HashMap<>();
            List<Operation> changes = operations.stream()
                    .filter(one -> one.outcome() instanceof Accepted accepted && !accepted.replayed())
                    .toList();
            changes.forEach(one -> edge.merge(one.asked().sku(), one, (a, b) -> butTheLast ? b : a));
            List<Operation> some = changes.stream()
                    .filter(one ->
                            one.asked().key() == null && edge.get(one.asked().sku()) != one)
                    .toList();
            return some.get(random.nextInt(some.size()));
        }

        private long lastSequence() {
            return operations.stream()
                    .mapToLong(one -> one.outcome() instanceof Accepted a ? a.sequence() : 0)
                    .max()
                    .orElseThrow();
        }

        private void replace(Operation one, @Nullable Operation with) {
            operations.remove(one);
            if (with != null) {
                operations.add(with);
            }
        }

        private void answer(Operation one, Function<Accepted, Accepted> other) {
            replace(one, operation(one.asked(), one.start(), one.end(), other.apply((Accepted) one.outcome())));
        }

        private void move(Operation one, long to) {
            replace(one, operation(one.asked(), to, to + 1, one.outcome()));
        }

        private void add(Operation one) {
            operations.add(one);
        }

        private void add(String sku, long delta, long at, Outcome outcome) {
            operations.add(operation(new Asked(sku, delta, null, null), at, at + 1, outcome));
        }
    }

    @Test
    void findsNothingInHistoriesThatAreRight() {
        long unknownFound = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Verdict verdict = check(RandomHistory.of(new Random(seed), OPERATIONS, seed % 2 == 0));
            assertThat(verdict.violations()).as("seed " + seed).isEmpty();
            unknownFound += verdict.found();
        }
        assertThat(unknownFound).as("unknown changes that were made").isGreaterThan(SEEDS / 2);
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryDamage(Damage damage) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Operation> operations = RandomHistory.of(new Random(seed), OPERATIONS, false);
            damage.apply(new Damaged(operations, new Random(seed)));
            assertThat(check(operations).violations()).as("seed " + seed).isNotEmpty();
        }
    }

    private static Verdict check(List<Operation> operations) {
        History history = new History();
        history.add(operations);
        return history.check();
    }

    private static Operation operation(Asked asked, long start, long end, Outcome outcome) {
        Operation operation = new Operation(() -> 0, asked, start);
        operation.ends(outcome, end);
        return operation;
    }
}
