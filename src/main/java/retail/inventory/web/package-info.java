/**
 * What all of HTTP shares: the filters in their order, problems ({@code application/problem+json}, RFC 9457, with a type of
 * {@link retail.inventory.web.ProblemType}), entity tags, values of requests. Only the packages below {@code web} import it.
 */
@NullMarked
package retail.inventory.web;

import org.jspecify.annotations.NullMarked;
