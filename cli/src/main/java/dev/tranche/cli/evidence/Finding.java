package dev.tranche.cli.evidence;

/// What reading through an evidence file found.
public sealed interface Finding {

    /// Every event hashes to what it says and follows from the one before it where that one is in the file.
    ///
    /// @param events how many events the file holds
    /// @param gaps places where events about other subjects lie between two of them: the order is proved
    ///     there by number only
    /// @param head   hash of the last event, which the server's journal must still hold
    record Intact(int events, int gaps, String head) implements Finding {}

    /// The first event that is not what was recorded.
    ///
    /// @param event  its number in the journal, or its place in the file when it has none
    /// @param reason what is wrong
    record Broken(String event, String reason) implements Finding {}

    /// There is nothing to check: no evidence file.
    record NoEvidence(String reason) implements Finding {}
}
