package io.cuttlestore.examples;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import java.time.Duration;

/** A mission that destroys itself after a second. */
public final class TimeToLive {
    record Mission(String message) {}

    // @start region="ttl"
    public static void main(String[] args) throws InterruptedException {
        String connectionString = args.length > 0 ? args[0] : "in-memory";

        try (Cuttlestore<Mission> store = Cuttlestore.open(connectionString, Mission.class)) {
            Mission mission = new Mission("Your mission, should you choose to accept it, ...");
            store.put("impossible", mission, PutOptions.ttl(Duration.ofSeconds(1)));
            System.out.println("Now:   " + store.get("impossible"));

            Thread.sleep(1_100);
            System.out.println("Later: " + store.get("impossible"));
        }
    }
    // @end

    private TimeToLive() {}
}
