package io.cuttlestore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Some keys of a {@code getAll}, {@code putAll} or {@code deleteAll} failed; the others were carried out. Transient if
 * every single failure is.
 */
public final class BatchException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, CuttlestoreException> causes;

    /** The failures by key, in the order of the request; at least one. */
    public BatchException(String message, Map<String, ? extends CuttlestoreException> causes) {
        super(
                message,
                causes.values().iterator().next(),
                causes.values().stream().allMatch(CuttlestoreException::isTransient));
        this.causes = new LinkedHashMap<>(causes);
    }

    /** Why each key failed, in the order of the request. A key that is not in here was carried out. */
    public Map<String, CuttlestoreException> causes() {
        return Collections.unmodifiableMap(causes);
    }

    /** The keys that were certainly not carried out. */
    public Set<String> failed() {
        return keys(false);
    }

    /** The keys whose writes may or may not have been carried out: their replies were lost. */
    public Set<String> unknown() {
        return keys(true);
    }

    private Set<String> keys(boolean unknown) {
        Set<String> keys = new LinkedHashSet<>();
        causes.forEach((key, cause) -> {
            if (cause instanceof OutcomeUnknownException == unknown) {
                keys.add(key);
            }
        });
        return Collections.unmodifiableSet(keys);
    }
}
