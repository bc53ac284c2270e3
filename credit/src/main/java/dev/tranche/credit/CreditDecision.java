package dev.tranche.credit;

import java.util.List;

/// What was decided about one application, and why.
///
/// @param score probability of bad, 0..1; a placeholder when `source` says fallback rules
/// @param band name of the band, shown to callers as `risk_level`
/// @param action what happens to the application
/// @param source who gave the score
/// @param reasons empty for an approval, else the principal reasons, most important first
/// @param method how the model's reasons were measured, for instance `tree_path`; `rule` when only rules
///     spoke and `none` for an approval
/// @param reference what the contributions were measured against, for instance `training sample`; empty
///     without a model's reasons
public record CreditDecision(
        double score,
        String band,
        Action action,
        Source source,
        List<Reason> reasons,
        String method,
        String reference) {

    /// @throws IllegalArgumentException when the score is outside 0..1
    public CreditDecision {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be a probability within 0..1: " + score);
        }
        reasons = List.copyOf(reasons);
    }

    /// The codes of [#reasons()], in order, each once.
    public List<String> codes() {
        return reasons.stream().map(Reason::code).distinct().toList();
    }
}
