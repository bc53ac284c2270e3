package dev.tranche.credit;

import java.util.Locale;

/// Where a score came from.
public enum Source {
    /// A model's own probability of bad.
    MODEL,
    /// The policy's fallback rules: a placeholder, never to be mixed with probabilities in statistics.
    FALLBACK_RULES;

    /// The word used in answers: `model`, `fallback_rules`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
