/**
 * HTTP: routes, request and response shapes, entity tags, and one exhaustive switch from what the service says to what
 * the client gets. Errors of every kind are {@code application/problem+json} (RFC 9457), with a type of
 * {@link retail.inventory.web.ProblemType}.
 *
 * <p>Nobody enters but the web server.
 */
@NullMarked
package retail.inventory.web;

import org.jspecify.annotations.NullMarked;
