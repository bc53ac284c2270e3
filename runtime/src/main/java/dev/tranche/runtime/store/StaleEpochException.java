package dev.tranche.runtime.store;

/// A change was refused because another node has become leader since.
public final class StaleEpochException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offered;
    private final long current;

    StaleEpochException(long offered, long current) {
        super("epoch must be the current one, " + current + ": " + offered);
        this.offered = offered;
        this.current = current;
    }

    /// The epoch that came with the change.
    public long offered() {
        return offered;
    }

    /// The epoch of the newest leader.
    public long current() {
        return current;
    }
}
