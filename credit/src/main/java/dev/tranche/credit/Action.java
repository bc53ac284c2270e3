package dev.tranche.credit;

import java.util.Locale;

/// What a policy does with an application. Ordered from mild to severe, so that the more severe of two wins.
///
/// `policy.yaml` writes these in lower case, answers to callers in upper case.
public enum Action {
    /// The application goes through.
    APPROVE,
    /// A person decides.
    REVIEW,
    /// The application is refused.
    DECLINE;

    /// True for the outcomes that owe the applicant reasons (12 CFR 1002.9(b)(2)): everything but approval.
    public boolean adverse() {
        return this != APPROVE;
    }

    /// The more severe of the two.
    public Action orMoreSevere(Action other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// Reads the written form of `policy.yaml`.
    ///
    /// @throws PolicyException when the text names no action
    static Action parse(String text, String where) {
        for (Action action : values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(text)) {
                return action;
            }
        }
        throw new PolicyException(where + " must be approve, review or decline: " + text);
    }
}
