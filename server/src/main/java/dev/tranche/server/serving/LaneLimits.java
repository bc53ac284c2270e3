package dev.tranche.server.serving;

/// What each version that is too slow for the event loop may take.
///
/// @param threads calls of one version at a time, 1..256
/// @param queue rows that may wait for one version, 1..1000000
/// @param batch rows in one call of a model, 1..65536; 1 merges nothing
public record LaneLimits(int threads, int queue, int batch) {
    /// @throws IllegalArgumentException when a number is outside its range
    public LaneLimits {
        within("threads", threads, 256);
        within("queue", queue, 1_000_000);
        within("batch", batch, 65_536);
    }

    private static void within(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be within 1.." + max + ": " + value);
        }
    }
}
