package dev.tranche.batch.parity;

/// How a case ended.
///
/// @param of the case
/// @param verdict passed, failed, or refused where the case allows it
/// @param largestError the largest difference from a known answer; NaN where nothing was compared
/// @param detail what was compared, or why it failed or was refused
record ParityResult(ParityCase of, Verdict verdict, double largestError, String detail) {
    /// The three ends of a case.
    enum Verdict {
        PASSED,
        FAILED,
        REFUSED
    }
}
