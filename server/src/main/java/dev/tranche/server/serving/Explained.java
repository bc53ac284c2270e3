package dev.tranche.server.serving;

import dev.tranche.inference.Contributions;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.VersionStamp;
import org.jspecify.annotations.Nullable;

/// What became of the question *why*.
public sealed interface Explained {
    /// An explanation.
    ///
    /// @param model the version that was asked
    /// @param policy the policy that was asked, null when the product has none
    /// @param answer what they say of the row, with the reasons owed for it
    /// @param contributions the parts of the margin
    /// @param margin which of the model's margins was explained, from 0
    /// @param reproduced for a past decision whether margins, action, reasons, method and reference came out
    ///     as they were recorded; null for a row that nobody decided
    record Why(
            VersionStamp model,
            @Nullable VersionStamp policy,
            Answer answer,
            Contributions contributions,
            int margin,
            @Nullable Boolean reproduced)
            implements Explained {}

    /// The schema, the transform or the model refuses the row.
    ///
    /// @param feature the feature
    /// @param reason the offending value and what is allowed
    record Rejected(String feature, String reason) implements Explained {}

    /// No model answers such a row, so there is nothing to split.
    ///
    /// @param reason who answers instead, and why
    record NotScored(String reason) implements Explained {}

    /// The version asked for by name does not answer on this route.
    ///
    /// @param version the name asked for
    /// @param reason why not
    record NotServing(String version, String reason) implements Explained {}

    /// The folder that decided is not registered any more.
    ///
    /// @param version name and digest
    record Gone(String version) implements Explained {}

    /// Too many explanations are being computed already, or this one took too long.
    ///
    /// @param reason which of the two
    record Busy(String reason) implements Explained {}
}
