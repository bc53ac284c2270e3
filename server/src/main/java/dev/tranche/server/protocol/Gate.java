package dev.tranche.server.protocol;

import org.jspecify.annotations.Nullable;

/// Who may come in: the same tokens, roles and rates at every door of the protocol.
public interface Gate {
    /// What a caller wants to do.
    enum Right {
        /// Ask for answers.
        INFER,
        /// Read what models there are.
        LOOK,
        /// Load and unload.
        OPERATE
    }

    /// Somebody who was let in.
    ///
    /// @param name the name of the token
    /// @param operate true when any loaded version may be asked by name
    record Caller(String name, boolean operate) {}

    /// Lets a caller in.
    ///
    /// @param authorization the header or metadata of that name, null when there is none
    /// @throws ProtocolException when the token is not known or lacks the role, or the server is stopping
    Caller enter(@Nullable String authorization, Right right);

    /// Takes so many answers from the caller's rate.
    ///
    /// @param answers at least 1
    /// @throws ProtocolException when the caller has used up its rate
    void take(Caller caller, int answers);

    /// True when this node wants requests.
    boolean ready();

    /// Counts a refusal, for the metrics.
    ///
    /// @param door the door as it is hung, so that there are few
    void refused(String door, ProtocolException refusal);
}
