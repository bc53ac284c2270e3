package dev.tranche.inference;

/// Whether an artifact says today what it said to its trainer.
public sealed interface Verification {
    /// Every golden row came out the same.
    ///
    /// @param rows how many there are, at least one
    record Reproduced(int rows) implements Verification {}

    /// A golden row came out differently; the first one is told.
    ///
    /// @param row its line in `samples.jsonl`, from 1
    /// @param what the number that differs, `margin[0]`
    /// @param expected what the file says
    /// @param actual what was computed
    record Differs(int row, String what, String expected, String actual) implements Verification {}

    /// There are no golden rows, so nothing is known; such a version is never released.
    record Absent() implements Verification {}
}
