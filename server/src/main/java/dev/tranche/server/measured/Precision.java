package dev.tranche.server.measured;

/// The unit of a post's timestamps.
public enum Precision {
    NANOSECONDS("ns"),
    MICROSECONDS("us"),
    MILLISECONDS("ms"),
    SECONDS("s");

    private final String word;

    Precision(String word) {
        this.word = word;
    }

    /// The precision of this word: `ns`, `us`, `ms` or `s` (and `n` and `u`, as older clients write
    /// them).
    ///
    /// @throws IllegalArgumentException with the word and the allowed ones
    public static Precision parse(String text) {
        return switch (text) {
            case "ns", "n" -> NANOSECONDS;
            case "us", "u" -> MICROSECONDS;
            case "ms" -> MILLISECONDS;
            case "s" -> SECONDS;
            default -> throw new IllegalArgumentException("precision must be one of ns, us, ms, s: " + text);
        };
    }

    /// Milliseconds since 1970; a part of one is cut off towards the past.
    ///
    /// @throws IllegalArgumentException beyond the range of milliseconds
    long millis(long timestamp) {
        try {
            return switch (this) {
                case NANOSECONDS -> Math.floorDiv(timestamp, 1_000_000L);
                case MICROSECONDS -> Math.floorDiv(timestamp, 1_000L);
                case MILLISECONDS -> timestamp;
                case SECONDS -> Math.multiplyExact(timestamp, 1_000L);
            };
        } catch (ArithmeticException large) {
            throw new IllegalArgumentException("the timestamp is out of range: " + timestamp + " " + word, large);
        }
    }

    /// The byte it is kept as.
    byte code() {
        return (byte)
                switch (this) {
                    case NANOSECONDS -> 0;
                    case MICROSECONDS -> 1;
                    case MILLISECONDS -> 2;
                    case SECONDS -> 3;
                };
    }

    /// The inverse of [#code()].
    static Precision of(byte code) {
        for (Precision each : values()) {
            if (each.code() == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("a precision is kept as 0..3: " + code);
    }

    @Override
    public String toString() {
        return word;
    }
}
