package dev.tranche.inference.format;

/// How much a JSON text may ask of its reader.
///
/// @param depth arrays and objects inside each other, at least 1
/// @param length characters (bytes when bytes are read) of the whole text
public record JsonLimits(int depth, int length) {
    /// For the files of an artifact: 64 deep, 64 MiB.
    public static final JsonLimits FILE = new JsonLimits(64, 64 << 20);

    /// For one line or one request: 16 deep, 1 MiB.
    public static final JsonLimits LINE = new JsonLimits(16, 1 << 20);

    /// Refuses limits that let nothing through.
    public JsonLimits {
        if (depth < 1 || length < 1) {
            throw new IllegalArgumentException("depth and length must be at least 1: " + depth + ", " + length);
        }
    }
}
