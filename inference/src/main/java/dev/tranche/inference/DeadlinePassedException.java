package dev.tranche.inference;

/// The deadline passed before the answer was ready; what was computed so far is discarded.
public final class DeadlinePassedException extends RuntimeException {
    private DeadlinePassedException(String message) {
        super(message, null, false, false);
    }

    /// The exception for a model that had walked `done` of its `trees` trees.
    public static DeadlinePassedException after(int done, int trees) {
        return new DeadlinePassedException("the deadline passed after " + done + " of " + trees + " trees");
    }
}
