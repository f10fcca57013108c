/**
 * A proof against a running instance: {@link retail.inventory.prove.Prove} sends storms of requests to a store of its
 * own, and holds all it was told against each other, against the feed and against the central view. {@code bin/prove}
 * runs it.
 */
@NullMarked
package retail.inventory.prove;

import org.jspecify.annotations.NullMarked;
