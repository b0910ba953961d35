package io.cuttlestore.testkit;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** The kit of a backend with the fault of the moment; run by {@link KitBitesTest} only. */
class BrokenKit extends NaiveKitTest {
    static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.NOTHING);

    @Override
    protected String freshStore() {
        String fault = FAULT.get().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return super.freshStore() + "?fault=" + fault;
    }
}
