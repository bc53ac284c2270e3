package dev.tranche.runtime.store;

/// What reading through the hash chain found.
public sealed interface ChainVerdict {
    /// Every event follows from the one before, and the last is the recorded head.
    record Intact(long events, String headHash) implements ChainVerdict {}

    /// The first event that does not follow.
    record Broken(long seq, String reason) implements ChainVerdict {}
}
