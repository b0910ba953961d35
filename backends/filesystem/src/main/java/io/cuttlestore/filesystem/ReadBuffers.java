package io.cuttlestore.filesystem;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers outside the heap, which the system can read into without a copy, shared by all threads. Who finds none
 * gets one of the heap.
 */
final class ReadBuffers {
    static final int SIZE = 32 * 1024;

    private static final int MASK = 15;
    private static final AtomicReferenceArray<ByteBuffer> POOL = new AtomicReferenceArray<>(MASK + 1);

    static {
        for (int i = 0; i <= MASK; i++) {
            POOL.set(i, ByteBuffer.allocateDirect(SIZE));
        }
    }

    private ReadBuffers() {}

    /** An empty buffer of {@link #SIZE} bytes, for this thread until it is given back. */
    static ByteBuffer take() {
        ByteBuffer pooled = POOL.getAndSet(slot(), null);
        return pooled == null ? ByteBuffer.allocate(SIZE) : pooled.clear();
    }

    static void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            POOL.set(slot(), buffer);
        }
    }

    private static int slot() {
        return Thread.currentThread().hashCode() & MASK;
    }
}
