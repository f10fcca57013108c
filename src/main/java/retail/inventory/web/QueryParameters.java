package retail.inventory.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The query parameters a route knows; without it, none. Any other is refused ({@link KnownParameters}), for one that is
 * ignored gives a right answer to another question.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface QueryParameters {

    /** Their names, each of which may come once. */
    String[] value();
}
