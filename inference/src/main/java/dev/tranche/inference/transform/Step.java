package dev.tranche.inference.transform;

/// One compiled operation: reads slots, writes its own. Without state, so safe for any number of threads.
@FunctionalInterface
interface Step {
    /// Runs on one row.
    ///
    /// @throws dev.tranche.inference.RowRefusedException when the spec refuses what it finds
    void run(Frame frame);
}
