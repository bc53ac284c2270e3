package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;
import java.util.List;

/// Points against log-odds: `pdo` more points double the odds of good to bad, and `base_score` is the score at
/// the base odds. `score = offset - factor · ln(bad:good)` with `factor = pdo / ln 2` (Siddiqi, Credit Risk
/// Scorecards, ch. 6).
///
/// Counted from the base on both sides, so that the score at the base odds is the base score to the last bit.
///
/// @param baseScore points at the base odds
/// @param baseLogOdds the base odds of bad to good, as a logarithm
/// @param factor points by unit of log-odds
public record PointsScale(double baseScore, double baseLogOdds, double factor) {
    private static final double SAME = 1e-6; // points; published cards print offset and factor with fewer digits

    /// Reads `base_score`, `base_odds`, `odds` (`good_to_bad` or `bad_to_good`), `pdo` and, when the card
    /// prints them, `offset` and `factor`, which must agree: the score at the base odds is the base score.
    ///
    /// @throws dev.tranche.inference.format.JsonException when they contradict each other; the usual mistake
    ///     is base odds of 50 in a formula for bad to good odds, which gives 825.75 where 600 is meant
    public static PointsScale read(JsonKeys keys) {
        double score = keys.number("base_score");
        double odds = keys.number("base_odds");
        boolean goodToBad =
                keys.word("odds", List.of("good_to_bad", "bad_to_good")).equals("good_to_bad");
        double pdo = keys.number("pdo");
        if (!(odds > 0) || !(pdo > 0)) {
            throw keys.wrong("base_odds", "and pdo must be positive: " + odds + ", " + pdo);
        }
        double logOdds = (goodToBad ? -1 : 1) * StrictMath.log(odds);
        double factor = keys.number("factor", pdo / StrictMath.log(2));
        PointsScale scale = new PointsScale(score, logOdds, factor);
        double atBase = keys.number("offset", scale.offset()) - factor * logOdds;
        if (!(Math.abs(atBase - score) <= SAME * Math.max(1, Math.abs(score)))) {
            throw keys.wrong("offset", "must give base_score " + score + " at the base odds: it gives " + atBase);
        }
        if (logOdds > 0) {
            double meant = scale.points(-logOdds);
            throw keys.wrong(
                    "odds",
                    "must not mean more bads than goods at base_score " + score + ": an applicant at odds of " + odds
                            + " goods a bad would get " + meant + " points; is base_odds good_to_bad?");
        }
        if (!(factor > 0)) {
            throw keys.wrong("factor", "must be positive: " + factor);
        }
        return scale;
    }

    /// The points at odds of 1:1, as cards print it.
    public double offset() {
        return baseScore + factor * baseLogOdds;
    }

    /// The points at these log-odds of bad to good.
    public double points(double logOddsOfBad) {
        return baseScore - factor * (logOddsOfBad - baseLogOdds);
    }

    /// The log-odds of bad to good at these points.
    public double logOddsOfBad(double points) {
        return baseLogOdds - (points - baseScore) / factor;
    }
}
