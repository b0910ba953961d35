package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The capabilities that a test needs. Where the backend declares them the test must pass; where it lacks one the same
 * test must end in a refusal that names what is missing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Needs {
    Capability[] value();
}
