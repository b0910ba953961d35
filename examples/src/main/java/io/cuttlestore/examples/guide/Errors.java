package io.cuttlestore.examples.guide;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

final class Errors {
    private Errors() {}

    static Optional<String> readPatiently(Cuttlestore<String> store) throws InterruptedException {
        // @start region="transient"
        for (int attempt = 1; ; attempt++) {
            try {
                return store.get("motto");
            } catch (CuttlestoreException e) {
                if (!e.isTransient() || attempt == 3) {
                    throw e;
                }
                Thread.sleep(100L * attempt);
            }
        }
        // @end
    }

    static boolean placeOrder(Cuttlestore<String> orders, String id, String order) {
        // @start region="unknown"
        try {
            return orders.putIfAbsent(id, order);
        } catch (OutcomeUnknownException e) {
            return orders.get(id).filter(order::equals).isPresent();
        }
        // @end
    }

    static Map<String, String> putRest(Cuttlestore<String> store, Map<String, String> entries) {
        // @start region="batch"
        try {
            store.putAll(entries);
            return Map.of();
        } catch (BatchException e) {
            Map<String, String> again = new LinkedHashMap<>(entries);
            again.keySet().retainAll(e.causes().keySet());
            return again;
        }
        // @end
    }
}
