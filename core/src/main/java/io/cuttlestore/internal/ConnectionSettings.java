package io.cuttlestore.internal;

import io.cuttlestore.Capability;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Layer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** What a builder collects. */
public final class ConnectionSettings {
    public Duration sweepEvery = Duration.ofMinutes(10);
    public Duration timeout = Duration.ofSeconds(5);
    public boolean mayCreate = true;
    public Expiry defaultExpiry = Expiry.NEVER;
    public @Nullable InstantSource clock;
    public Executor executor = ForkJoinPool.commonPool();
    public final List<String> namespaces = new ArrayList<>();
    public final Set<Capability> required = EnumSet.noneOf(Capability.class);
    public final List<Layer> layers = new ArrayList<>();

    /** The duration, if it is one that can be waited for. */
    public static Duration positive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, not " + duration);
        }
        return duration;
    }
}
