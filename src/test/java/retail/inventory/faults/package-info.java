/**
 * System calls that fail, one after the other, in the packaged jar under load: a program, started by
 * {@code .ci/fault-sweep}. Strace makes the kernel refuse a call of one thread of the service, the clients write down all
 * they are told, and both are compared.
 *
 * <p>A killed process leaves its page cache behind, so this finds acknowledgements that should not have been given and
 * state that was taken back, not bytes that a power cut would take: those are {@code powercut}'s.
 *
 * <p>{@code ThinDisk}, started by {@code .ci/thin-disk}, is the same with syncs that the kernel itself fails.
 */
@NullMarked
package retail.inventory.faults;

import org.jspecify.annotations.NullMarked;
