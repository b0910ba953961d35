package io.cuttlestore.examples;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;

/** Two typed stores on one connection, each in a namespace of its own. */
public final class SeveralStores {
    // @start region="several"
    record Agent(String name) {}

    record Mission(String message, String agent) {}

    public static void main(String[] args) {
        String connectionString = args.length > 0 ? args[0] : "in-memory";

        try (CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString)) {
            Cuttlestore<Agent> agents = connection.store("agents", Agent.class);
            Cuttlestore<Mission> missions = connection.store("missions", Mission.class);

            agents.put("1", new Agent("Ethan Hunt"));
            missions.put("1", new Mission("Your mission, should you choose to accept it, ...", "1"));

            Mission mission = missions.get("1").orElseThrow();
            System.out.println(agents.get(mission.agent()).orElseThrow().name() + ": " + mission.message());
        }
    }
    // @end

    private SeveralStores() {}
}
