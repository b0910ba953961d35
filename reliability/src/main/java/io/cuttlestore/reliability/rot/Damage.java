package io.cuttlestore.reliability.rot;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What became of some bytes.
 *
 * @param what was done to them, for people
 * @param bytes what is left, which differs from what was there
 */
@SuppressWarnings("ArrayRecordComponent") // it is read once
record Damage(String what, byte[] bytes) {
    private static final int MOST_BITS = 8;
    private static final int SECTOR = 512;

    /** Damages a copy of the bytes. */
    static Damage of(byte[] bytes, SplittableRandom random) {
        while (bytes.length > 0) {
            Damage damage = attempt(bytes, random);
            if (!Arrays.equals(damage.bytes, bytes)) {
                return damage;
            }
        }
        return filled("appended", Arrays.copyOf(bytes, 1 + random.nextInt(SECTOR)), 0, random);
    }

    private static Damage attempt(byte[] bytes, SplittableRandom random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(bytes.length);
        int end = at + 1 + random.nextInt(bytes.length - at);
        int length = Math.min(end - at, random.nextBoolean() ? 16 : end - at);
        switch (random.nextInt(8)) {
            case 0 -> {
                return new Damage("cut to " + at, Arrays.copyOf(bytes, at));
            }
            case 1 -> {
                Arrays.fill(damaged, at, at + length, (byte) 0);
                return new Damage(length + " zeros at " + at, damaged);
            }
            case 2 -> {
                Arrays.fill(damaged, at, at + length, (byte) 0xFF);
                return new Damage(length + " ones at " + at, damaged);
            }
            case 3 -> {
                return filled(
                        length + " bytes of noise at " + at, Arrays.copyOf(bytes, bytes.length), at, random, length);
            }
            case 4 -> {
                int from = random.nextInt(bytes.length);
                int moved = Math.min(Math.min(SECTOR, bytes.length - from), bytes.length - at);
                System.arraycopy(bytes, from, damaged, at, moved);
                return new Damage(moved + " bytes of " + from + " at " + at, damaged);
            }
            case 5 -> {
                return bits(damaged, 2 + random.nextInt(MOST_BITS - 1), random);
            }
            default -> {
                return bits(damaged, 1, random);
            }
        }
    }

    private static Damage bits(byte[] damaged, int count, SplittableRandom random) {
        StringBuilder what = new StringBuilder("bits turned:");
        for (int i = 0; i < count; i++) {
            long bit = random.nextLong(8L * damaged.length);
            damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
            what.append(' ').append(bit / 8).append('.').append(bit % 8);
        }
        return new Damage(what.toString(), damaged);
    }

    private static Damage filled(String what, byte[] bytes, int at, SplittableRandom random) {
        return filled(what, bytes, at, random, bytes.length - at);
    }

    private static Damage filled(String what, byte[] bytes, int at, SplittableRandom random, int length) {
        for (int i = at; i < at + length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return new Damage(what, bytes);
    }
}
