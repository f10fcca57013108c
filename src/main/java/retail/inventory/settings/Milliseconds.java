package retail.inventory.settings;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A duration in milliseconds within bounds, both included. */
@Constraint(validatedBy = {})
@WholeNumber(min = 0, max = 0)
@ReportAsSingleViolation
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Milliseconds {

    /** The shortest. */
    @OverridesAttribute(constraint = WholeNumber.class, name = "min")
    long min();

    /** The longest. */
    @OverridesAttribute(constraint = WholeNumber.class, name = "max")
    long max();

    /** What is wrong with another one. */
    String message() default "must be a whole number of milliseconds from {min} to {max}";

    /** Asked for by the standard. */
    Class<?>[] groups() default {};

    /** Asked for by the standard. */
    Class<? extends Payload>[] payload() default {};
}
