package dev.tranche.server.http;

/// Answers one kind of call. Runs on a virtual thread, so it may wait.
@FunctionalInterface
public interface Door {
    /// Answers the call.
    ///
    /// @throws ProblemException to answer with a problem; an [IllegalArgumentException] becomes a 400
    /// @throws Exception anything else becomes a 500 with a code and an entry in the log
    Reply answer(Call call) throws Exception;
}
