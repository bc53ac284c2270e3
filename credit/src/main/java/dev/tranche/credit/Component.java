package dev.tranche.credit;

import java.util.Locale;

/// The part of the decision that a reason comes from (12 CFR 1002.9(b)(2), comment 7: the component the
/// applicant failed).
public enum Component {
    /// A rule that decides whatever the score.
    HARD_RULE,
    /// The model's score against the cutoffs.
    MODEL,
    /// A rule that answered in place of the model.
    FALLBACK;

    /// The word used in answers: `hard_rule`, `model`, `fallback`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
