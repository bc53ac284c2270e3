package dev.tranche.batch.parity;

/// How a case ended.
///
/// @param of the case
/// @param verdict passed, failed, or refused where the case allows it
/// @param largestError the largest difference from a known answer; NaN where nothing was compared
/// @param units the largest difference in units in the last place, where the known answers say their bits;
///     else -1
/// @param detail what was compared, or why it failed or was refused
record ParityResult(ParityCase of, Verdict verdict, double largestError, long units, String detail) {
    /// A case in which nothing was compared bit by bit.
    ParityResult(ParityCase of, Verdict verdict, double largestError, String detail) {
        this(of, verdict, largestError, -1, detail);
    }

    /// The three ends of a case.
    enum Verdict {
        PASSED,
        FAILED,
        REFUSED
    }
}
