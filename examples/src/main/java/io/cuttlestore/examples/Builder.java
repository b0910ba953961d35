package io.cuttlestore.examples;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import java.time.Duration;

/** Sets up a store with more than a connection string. */
public final class Builder {
    record Mission(String message) {}

    // @start region="builder"
    public static void main(String[] args) {
        String connectionString = args.length > 0 ? args[0] : "sqlite://./example.db";

        try (Cuttlestore<Mission> store = Cuttlestore.builder(connectionString)
                .namespace("missions")
                .defaultTtl(Duration.ofDays(30))
                .sweepEvery(Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(2))
                .require(Capability.CONDITIONAL, Capability.TTL)
                .open(Mission.class)) {
            boolean first = store.putIfAbsent("impossible", new Mission("Your mission, ..."));
            System.out.println(first ? "Mission filed" : "Mission was filed already");
        }
    }
    // @end

    private Builder() {}
}
