/**
 * A proof against a running service: {@link retail.inventory.prove.Proof} sends storms of requests to stores of its own, and
 * holds all it was told, of sales and of holds, against each other, against the feed and against the central view. It talks HTTP and
 * knows nothing else of the service. The command {@code prove} runs it.
 */
@NullMarked
package retail.inventory.prove;

import org.jspecify.annotations.NullMarked;
