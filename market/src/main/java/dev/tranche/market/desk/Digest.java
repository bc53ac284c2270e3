package dev.tranche.market.desk;

/// Mixes words into 64 bits, each by where it stands. One writer.
final class Digest {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long hash;

    /// Begins anew.
    Digest clear() {
        hash = 0;
        return this;
    }

    Digest add(long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        hash = mixed ^ (mixed >>> 32);
        return this;
    }

    Digest add(double number) {
        return add(Double.doubleToRawLongBits(number));
    }

    Digest add(boolean flag) {
        return add(flag ? 1L : 2L);
    }

    Digest add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add((long) text.charAt(i));
        }
        return add((long) text.length());
    }

    long value() {
        return hash;
    }
}
