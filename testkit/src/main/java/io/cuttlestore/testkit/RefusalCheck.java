package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.Capability;
import io.cuttlestore.UnsupportedCapabilityException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs each test to its end where the backend has what the test {@link Needs}, and expects a refusal where it lacks it. */
final class RefusalCheck implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Set<Capability> missing = missing(context);
        if (missing.isEmpty()) {
            test.proceed();
            return;
        }
        Throwable outcome = catchThrowable(test::proceed);
        assertThat(outcome)
                .as("%s is not declared, so the test must be refused", missing)
                .isNotNull();
        String trace = Throwables.getStackTrace(outcome);
        assertThat(trace)
                .as("%s is not declared, so the test must end in a refusal", missing)
                .contains(UnsupportedCapabilityException.class.getName());
        assertThat(missing.stream().map(Capability::name))
                .as("the refusal must name the capability: %s", trace)
                .anyMatch(trace::contains);
    }

    private static Set<Capability> missing(ExtensionContext context) {
        Rules rules = (Rules) context.getRequiredTestInstance();
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        collect(
                AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Needs.class)
                        .orElse(null),
                missing);
        collect(
                AnnotationSupport.findAnnotation(rules.getClass().getSuperclass(), Needs.class)
                        .orElse(null),
                missing);
        missing.removeIf(rules::has);
        return missing;
    }

    private static void collect(@Nullable Needs needs, Set<Capability> capabilities) {
        if (needs != null) {
            capabilities.addAll(Set.of(needs.value()));
        }
    }
}
