package io.cuttlestore.filesystem;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The versions of entries: numbers that look random, differ from each other within this process for certain, and from
 * those of other processes as random ones do. The generator is SplitMix64 (Steele, Lea and Flood, 2014).
 */
final class Versions {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final AtomicLong STATE = new AtomicLong(new SecureRandom().nextLong());

    private Versions() {}

    static long next() {
        long z = STATE.getAndAdd(GOLDEN_GAMMA);
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
