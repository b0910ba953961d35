package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of Cuttlestore as tests. A backend keeps it if a subclass of this class passes:
 *
 * <pre>{@code
 * class SqliteKitTest extends CuttlestoreKit {
 *     @TempDir Path folder;
 *     private int stores;
 *
 *     @Override protected String freshStore() {
 *         return "sqlite://" + folder.resolve("store" + stores++ + ".db");
 *     }
 *
 *     @Override protected Set<Capability> capabilities() {
 *         return EnumSet.of(CONDITIONAL, TTL, SCAN, EXACT_SCAN);
 *     }
 * }
 * }</pre>
 *
 * <p>No test is skipped. What needs a capability that the backend lacks must be refused, and the same test then checks
 * the refusal. Time is moved with a {@link FakeClock}, except where the server's own clock decides.
 *
 * <p>System properties: {@code cuttlestore.kit.effort} multiplies the number of attempts of the random and concurrent
 * tests, {@code cuttlestore.kit.seed} repeats a failure that named its seed, {@code cuttlestore.kit.results} names a
 * folder for the results that {@link CapabilityMatrix} reads.
 */
@Timeout(120)
@ExtendWith(KitReport.class)
public abstract class CuttlestoreKit {
    /**
     * A connection string to a store that is empty and that nobody else uses. Each call names another store; the same
     * string opened twice means the same store.
     */
    protected abstract String freshStore();

    /** The capabilities that the backend is to declare: what its author believes, so that drift is noticed. */
    protected abstract Set<Capability> capabilities();

    /** Begins to set up a connection; override it to add layers that are to keep the contract too. */
    protected CuttlestoreBuilder builder(String connectionString) {
        return Cuttlestore.builder(connectionString);
    }

    /**
     * The kinds of things that can lie under a key without being an entry: a list in Redis, a torn file. None, unless
     * overridden together with {@link #plantForeign}.
     */
    protected List<String> foreignKinds() {
        return List.of();
    }

    /**
     * Puts something of this kind under a stored key, as another program or an accident might.
     *
     * @throws Exception if that fails
     */
    protected void plantForeign(String connectionString, String storedKey, String kind) throws Exception {
        throw new UnsupportedOperationException("override plantForeign for the kind '" + kind + "'");
    }

    @Nested
    @DisplayName("Keys")
    class Keys extends KeyRules {
        Keys() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Values")
    class Values extends ValueRules {
        Values() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Writes")
    class Writes extends WriteRules {
        Writes() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Conditional writes")
    class ConditionalWrites extends ConditionalWriteRules {
        ConditionalWrites() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Versions")
    class Versions extends VersionRules {
        Versions() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Time to live")
    class TimeToLive extends TimeToLiveRules {
        TimeToLive() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Sweeping")
    class Sweeping extends SweepingRules {
        Sweeping() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Scanning")
    class Scanning extends ScanRules {
        Scanning() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Namespaces")
    class Namespaces extends NamespaceRules {
        Namespaces() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Batches")
    class Batches extends BatchRules {
        Batches() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("What is no entry")
    class Foreign extends ForeignRules {
        Foreign() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Failure")
    class Failure extends FailureRules {
        Failure() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Closing")
    class Closing extends ClosingRules {
        Closing() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Async")
    class Async extends AsyncRules {
        Async() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Single flight")
    class SingleFlight extends SingleFlightRules {
        SingleFlight() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Capabilities")
    class DeclaredCapabilities extends CapabilityRules {
        DeclaredCapabilities() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Concurrency")
    class Concurrency extends ConcurrencyRules {
        Concurrency() {
            super(CuttlestoreKit.this);
        }
    }

    @Nested
    @DisplayName("Model")
    class Model extends ModelRules {
        Model() {
            super(CuttlestoreKit.this);
        }
    }
}
