package io.cuttlestore;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What an open store can do, how large things may be, and what it is like. Immutable. */
public final class Capabilities {
    private final Traits traits;
    private final Limits limits;
    private final Map<Capability, Support> support;

    private Capabilities(Traits traits, Limits limits, EnumMap<Capability, Support> support) {
        this.traits = traits;
        this.limits = limits;
        this.support = Collections.unmodifiableMap(support);
    }

    /** Begins the capabilities of a backend: all {@link Support#NONE}, but for those that follow from its traits. */
    public static Builder builder(Traits traits, Limits limits) {
        return new Builder(traits, limits);
    }

    /** Whether the backend has the capability, natively or emulated. */
    public boolean supports(Capability capability) {
        return support(capability) != Support.NONE;
    }

    /** How the backend comes by the capability. */
    public Support support(Capability capability) {
        return support.getOrDefault(capability, Support.NONE);
    }

    /** Every capability with its support. */
    public Map<Capability, Support> all() {
        return support;
    }

    public Limits limits() {
        return limits;
    }

    public Traits traits() {
        return traits;
    }

    /** Throws {@link UnsupportedCapabilityException}, naming backend and remedy, unless the capability is there. */
    public void require(Capability capability) {
        if (!supports(capability)) {
            throw new UnsupportedCapabilityException("the " + traits.backend() + " backend does not support "
                    + capability + "; choose a backend that does, or do without the operations that need it");
        }
    }

    @Override
    public String toString() {
        return traits.backend() + " " + support;
    }

    /** Collects capabilities. Not thread-safe. */
    public static final class Builder {
        private final Traits traits;
        private final Limits limits;
        private final EnumMap<Capability, Support> support = new EnumMap<>(Capability.class);

        private Builder(Traits traits, Limits limits) {
            this.traits = traits;
            this.limits = limits;
            for (Capability capability : Capability.values()) {
                support.put(capability, Support.NONE);
            }
            if (traits.durability() != Durability.NONE) {
                support.put(Capability.DURABLE, Support.NATIVE);
            }
        }

        /** Declares capabilities as done by the store itself. */
        public Builder natively(Capability... capabilities) {
            return with(Support.NATIVE, capabilities);
        }

        /** Declares capabilities as done by the backend with other means. */
        public Builder emulated(Capability... capabilities) {
            return with(Support.EMULATED, capabilities);
        }

        private Builder with(Support level, Capability... capabilities) {
            for (Capability capability : capabilities) {
                support.put(capability, level);
            }
            return this;
        }

        public Capabilities build() {
            return new Capabilities(traits, limits, new EnumMap<>(support));
        }
    }
}
