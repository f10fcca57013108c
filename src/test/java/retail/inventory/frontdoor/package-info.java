/** What no client may do to others: floods of connections, bodies, streams and keys against the built jar, by {@code .ci/front-door}. */
@NullMarked
package retail.inventory.frontdoor;

import org.jspecify.annotations.NullMarked;
