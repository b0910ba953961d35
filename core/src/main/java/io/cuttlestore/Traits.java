package io.cuttlestore;

/**
 * What a backend is like.
 *
 * @param backend name of the backend: {@code sqlite}
 * @param server product and version of the engine or server: {@code SQLite 3.50.1}
 * @param durability what an acknowledged write survives
 * @param clock the clock that decides when entries expire
 * @param trip what one trip to the store costs
 * @param inProcess whether the store lives in this process and may keep objects of immutable types as they are
 */
public record Traits(
        String backend, String server, Durability durability, ClockSource clock, TripCost trip, boolean inProcess) {}
