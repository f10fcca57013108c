/**
 * What the documents say is true: links lead somewhere, names they quote exist, and commands print what is said of them
 * (<code>.ci/check-documents</code>).
 */
@NullMarked
package retail.inventory.documents;

import org.jspecify.annotations.NullMarked;
