package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Capabilities;
import io.cuttlestore.ClockSource;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The base of layers")
class BackendLayerTest {
    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            int.class,
            7,
            String.class,
            "text",
            Class.class,
            Integer.class,
            Deadline.class,
            Deadline.NONE,
            ScanRequest.class,
            new ScanRequest("prefix", "cursor", 7, true, Deadline.NONE),
            Capabilities.class,
            Capabilities.builder(
                            new Traits("b", "s", Durability.NONE, ClockSource.CLIENT, TripCost.NONE, false),
                            Limits.ofValues(7))
                    .build());

    private record Arrival(Method method, List<?> arguments) {}

    private final List<Arrival> arrivals = new ArrayList<>();
    private final Backend inner = (Backend) Proxy.newProxyInstance(
            Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                arrivals.add(new Arrival(method, arguments == null ? List.of() : List.of(arguments)));
                return sample(method.getReturnType());
            });

    private static @Nullable Object sample(Class<?> type) {
        return type == Object.class ? 7 : SAMPLES.get(type);
    }

    /** A layer of which only what the base implements is called. */
    private static final class Untouched extends BackendLayer {
        Untouched(Backend inner) {
            super(inner);
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScanPage page(ScanRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    static Stream<Method> methods() {
        return Arrays.stream(Backend.class.getMethods());
    }

    static Stream<Method> forwarded() {
        return methods().filter(method -> !method.getName().matches("execute|executeAll|page"));
    }

    @ParameterizedTest
    @MethodSource("forwarded")
    @DisplayName("hands every call to the backend, with its arguments, and its reply to the caller")
    void forwards(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(BackendLayerTest::sample)
                .toArray();
        Object reply = method.invoke(new Untouched(inner), arguments);
        assertThat(arrivals).containsExactly(new Arrival(method, List.of(arguments)));
        assertThat(reply).isEqualTo(sample(method.getReturnType()));
    }

    @Test
    @DisplayName("leaves what moves entries to the layer, so that none can be forgotten")
    void leavesEntriesToTheLayer() {
        assertThat(Arrays.stream(BackendLayer.class.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .map(Method::getName))
                .containsExactlyInAnyOrder("execute", "executeAll", "page");
    }

    @ParameterizedTest
    @MethodSource("methods")
    @DisplayName("has nothing of its interface that a layer would inherit unseen")
    void noDefaults(Method method) {
        assertThat(method.isDefault()).isFalse();
    }
}
