package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import dev.tranche.credit.Reason;
import dev.tranche.credit.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was answered.
///
/// @param margins raw margins of the model, empty when fallback rules answered
/// @param outputs the model's outputs, empty when fallback rules answered
/// @param score the score given
/// @param band name of the band (`risk_level`), null without a policy
/// @param action the action, null without a policy
/// @param source who gave the score
/// @param reasons principal reasons, most important first
/// @param method how the model's reasons were measured, `rule` when only rules spoke, `none` when nobody
///     asked for reasons; empty in records of a time when it was not recorded
/// @param reference what they were measured against, with the digest of a background; else empty
/// @param missing features that were missing and stayed so
/// @param defaulted features that were missing and were given their default
/// @param cause why the model's answer was not used
/// @param error what went wrong in the model, else null
@SuppressWarnings("ArrayRecordComponent") // compared by content below; two short arrays made for this record alone
public record Answer(
        double[] margins,
        double[] outputs,
        double score,
        @Nullable String band,
        @Nullable Action action,
        Source source,
        List<Reason> reasons,
        String method,
        String reference,
        List<String> missing,
        List<String> defaulted,
        Cause cause,
        @Nullable String error) {

    /// The method of an answer for which nobody asked for reasons.
    public static final String UNEXPLAINED = "none";

    /// Why a model's answer was not used.
    public enum Cause {
        /// It was used.
        NONE,
        /// The deadline passed.
        DEADLINE,
        /// The model failed.
        FAILURE,
        /// A missing feature whose schema policy says fallback.
        MISSING_FEATURE
    }

    /// The answer that nobody could give: the model failed or was late, and no fallback rules exist.
    public static Answer none(Cause cause, String error) {
        double[] nothing = {};
        return new Answer(
                nothing,
                nothing,
                Double.NaN,
                null,
                null,
                Source.MODEL,
                List.of(),
                UNEXPLAINED,
                "",
                List.of(),
                List.of(),
                cause,
                error);
    }

    /// True when nothing was answered, see [#none].
    public boolean unanswered() {
        return source == Source.MODEL && cause != Cause.NONE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Answer that
                && Arrays.equals(margins, that.margins)
                && Arrays.equals(outputs, that.outputs)
                && Double.doubleToLongBits(score) == Double.doubleToLongBits(that.score)
                && Objects.equals(band, that.band)
                && action == that.action
                && source == that.source
                && reasons.equals(that.reasons)
                && method.equals(that.method)
                && reference.equals(that.reference)
                && missing.equals(that.missing)
                && defaulted.equals(that.defaulted)
                && cause == that.cause
                && Objects.equals(error, that.error);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(outputs) + Double.hashCode(score);
    }
}
