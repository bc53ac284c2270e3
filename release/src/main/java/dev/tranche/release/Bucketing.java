package dev.tranche.release;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Which of the 10,000 slots a unit falls into: a pure function of algorithm, version, salt and the unit's
/// UTF-8 bytes, all of which are recorded with every rollout and experiment and never changed in place (a
/// changed hash would move everybody).
///
/// A unit is among a share when its slot lies below the share's basis points, so it stays in when the share
/// grows.
///
/// @param algorithm how a unit becomes a number
/// @param version of the algorithm as we use it; 1 is the only one so far
/// @param salt keeps two rollouts from picking the same people; empty for [Algorithm#MD5_MOD_100]
public record Bucketing(Algorithm algorithm, int version, String salt) {
    /// How many slots there are: one a basis point.
    public static final int SLOTS = Share.WHOLE_BASIS_POINTS;

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /// The rules a slot can follow.
    public enum Algorithm {
        /// `murmur3_32(salt + "/" + unit, seed 0)` as an unsigned number, times 10,000, shifted right by 32.
        MURMUR3_32("murmur3_32"),
        /// Seed 004's rule, `md5(unit) mod 100`, unsalted and in steps of one percent. The slot is a
        /// hundred times that, so every whole percentage is exact (the seed's float product is wrong by one
        /// at 7, 14, 28, 55 and 56 percent).
        MD5_MOD_100("md5_mod_100");

        private final String text;

        Algorithm(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Bucketing {
        if (version != 1) {
            throw new IllegalArgumentException("bucketing version must be 1: " + version);
        }
        if (algorithm == Algorithm.MD5_MOD_100 && !salt.isEmpty()) {
            throw new IllegalArgumentException("md5_mod_100 takes no salt: " + salt);
        }
    }

    /// The default: salted murmur3.
    public static Bucketing murmur3(String salt) {
        return new Bucketing(Algorithm.MURMUR3_32, 1, salt);
    }

    /// The rule of seed 004, for units that were split by it before.
    public static Bucketing md5Mod100() {
        return new Bucketing(Algorithm.MD5_MOD_100, 1, "");
    }

    /// The rule of this name with this salt (ignored by no rule: a salt given to `md5_mod_100` is refused).
    public static Bucketing of(String algorithm, String salt) {
        for (Algorithm each : Algorithm.values()) {
            if (each.text.equals(algorithm)) {
                return new Bucketing(each, 1, salt);
            }
        }
        throw new IllegalArgumentException("bucketing must be murmur3_32 or md5_mod_100: " + algorithm);
    }

    /// The inverse of [#toString()]: `murmur3_32/1/utf-8/SALT`.
    public static Bucketing parse(String text) {
        String[] parts = text.split("/", 4);
        if (parts.length != 4 || !parts[1].equals("1") || !parts[2].equals("utf-8")) {
            throw new IllegalArgumentException("bucketing must be written as algorithm/1/utf-8/salt: " + text);
        }
        return of(parts[0], parts[3]);
    }

    /// How the unit's text becomes bytes; always `utf-8`.
    public String encoding() {
        return "utf-8";
    }

    /// The slot of this unit, 0..9999.
    public int slot(String unit) {
        return switch (algorithm) {
            case MURMUR3_32 -> {
                int hash = Murmur3.hash((salt + "/" + unit).getBytes(StandardCharsets.UTF_8), 0);
                yield (int) ((Integer.toUnsignedLong(hash) * SLOTS) >>> 32);
            }
            case MD5_MOD_100 -> percentile(unit) * 100;
        };
    }

    /// Whether this unit is among the share.
    public boolean includes(String unit, Share share) {
        return slot(unit) < share.basisPoints();
    }

    @Override
    public String toString() {
        return algorithm + "/" + version + "/" + encoding() + "/" + salt;
    }

    private static int percentile(String unit) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(unit.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, md5).mod(HUNDRED).intValueExact();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must provide MD5", e);
        }
    }
}
