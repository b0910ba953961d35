package io.cuttlestore.examples;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import java.time.Duration;
import java.util.Optional;

/** Writes a value and reads it back. */
public final class Basic {
    // @start region="basic"
    record Mission(String message) {}

    public static void main(String[] args) {
        String connectionString = args.length > 0 ? args[0] : "filesystem://./example-store";

        try (Cuttlestore<Mission> store = Cuttlestore.open(connectionString, Mission.class)) {
            Mission mission = new Mission("Your mission, should you choose to accept it, ...");
            store.put("impossible", mission, PutOptions.ttl(Duration.ofSeconds(60)));

            Optional<Mission> later = store.get("impossible");
            System.out.println("Message says: " + later.map(Mission::message).orElse("(it has self-destructed)"));
        }
    }
    // @end

    private Basic() {}
}
