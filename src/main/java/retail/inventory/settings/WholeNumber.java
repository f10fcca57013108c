package retail.inventory.settings;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A whole number within bounds, both included. */
@Constraint(validatedBy = {})
@Min(0)
@Max(0)
@ReportAsSingleViolation
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface WholeNumber {

    /** The least. */
    @OverridesAttribute(constraint = Min.class, name = "value")
    long min();

    /** The most. */
    @OverridesAttribute(constraint = Max.class, name = "value")
    long max();

    /** What it is a number of, for the message. */
    String what() default "a whole number";

    /** What is wrong with another one. */
    String message() default "must be {what} from {min} to {max}";

    /** Asked for by the standard. */
    Class<?>[] groups() default {};

    /** Asked for by the standard. */
    Class<? extends Payload>[] payload() default {};
}
