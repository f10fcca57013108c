/**
 * What the web server has to be told, because nothing of ours sees it: how many connections there may be and which make way,
 * bodies that stall, requests that it refuses itself.
 */
@NullMarked
package retail.inventory.web.tomcat;

import org.jspecify.annotations.NullMarked;
