package dev.tranche.credit;

/// A range of scores with a name, for instance `LOW`; callers see the name as `risk_level`.
///
/// @param name the name shown to callers
/// @param from lower end of the probability of bad, inclusive, 0..1
/// @param below upper end, exclusive except in the last band, where it is 1 and inclusive
public record Band(String name, double from, double below) {

    /// @throws PolicyException when the ends do not form a range within 0..1
    public Band {
        if (!(from >= 0 && from < below && below <= 1)) {
            throw new PolicyException("band " + name + " must be a range within 0..1: " + from + ".." + below);
        }
    }

    /// True when the score lies in this band; the last band (below 1) also holds the score 1.
    boolean holds(double score) {
        return score >= from && (score < below || (below == 1 && score == 1));
    }
}
