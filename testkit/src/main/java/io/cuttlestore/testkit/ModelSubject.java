package io.cuttlestore.testkit;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Cuttlestore;
import java.util.Optional;

/** A store that {@link RandomSequences} are carried out on. */
public interface ModelSubject {
    /** A view of a namespace of the store. */
    Cuttlestore<String> view(String namespace);

    /** Closes the store and opens it again, if it outlives its connection. */
    void reopen();

    /** What the store can do. */
    Capabilities capabilities();

    /** The clock that decides when entries expire; empty if it is the server's own. */
    Optional<FakeClock> clock();
}
