/** What the documents say is true: links lead somewhere, and names they quote exist. */
@NullMarked
package retail.inventory.documents;

import org.jspecify.annotations.NullMarked;
