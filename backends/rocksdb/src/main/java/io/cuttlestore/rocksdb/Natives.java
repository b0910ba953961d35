package io.cuttlestore.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;

/** Objects in native memory, which nothing else frees: closed in the reverse of the order in which they were kept. */
final class Natives implements AutoCloseable {
    private final Deque<AbstractNativeReference> kept = new ArrayDeque<>();

    <T extends AbstractNativeReference> T keep(T object) {
        kept.push(object);
        return object;
    }

    @Override
    public void close() {
        kept.forEach(AbstractNativeReference::close);
        kept.clear();
    }
}
