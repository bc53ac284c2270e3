package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import dev.tranche.credit.Source;
import org.jspecify.annotations.Nullable;

/// What one version (or arm) did in one span of time; tallies of disjoint spans add up. One writer.
///
/// Fallback rules answer with placeholders: their scores and actions stay out of the moments and of the
/// approvals.
final class Tally {
    long requests;
    long errors;
    long fallbacks;
    long acted;
    long approved;
    long scores;
    double scoreMean;
    /// Sum of squared distances from the mean (Welford 1962).
    double scoreSquares;
    long compared;
    long flips;
    /// Distance of the shadow's score from the real one, over answers that both gave.
    long shifts;
    double shiftMean;
    double shiftSquares;
    long outcomes;
    long bad;
    double expectedBad;
    /// Sum of p(1-p): the variance of the number of bads if the scores are right.
    double expectedVariance;
    long lastMicros;
    private @Nullable LatencyCounts latency;

    void decision(DecisionRecord decision) {
        Answer answer = decision.answer();
        requests++;
        if (answer.cause() == Answer.Cause.FAILURE || answer.cause() == Answer.Cause.DEADLINE) {
            errors++;
        }
        if (answer.source() == Source.FALLBACK_RULES) {
            fallbacks++;
        } else if (Double.isFinite(answer.score())) {
            score(answer.score());
            act(answer.action());
        }
        duration(decision.latencyNanos());
        lastMicros = Math.max(lastMicros, decision.receivedMicros());
    }

    void shadow(ShadowRecord shadow) {
        requests++;
        duration(shadow.latencyNanos());
        lastMicros = Math.max(lastMicros, shadow.atMicros());
        if (shadow.error() != null) {
            errors++;
            return;
        }
        score(shadow.score());
        act(shadow.action());
        if (shadow.action() != null && shadow.liveAction() != null) {
            compared++;
            flips += shadow.flipped() ? 1 : 0;
        }
        double shift = Math.abs(shadow.score() - shadow.liveScore());
        if (!Double.isNaN(shift)) {
            shifts++;
            double delta = shift - shiftMean;
            shiftMean += delta / shifts;
            shiftSquares += delta * (shift - shiftMean);
        }
    }

    void outcome(int outcome, double score) {
        outcomes++;
        bad += outcome;
        expectedBad += score;
        expectedVariance += score * (1 - score);
    }

    private void score(double score) {
        scores++;
        double delta = score - scoreMean;
        scoreMean += delta / scores;
        scoreSquares += delta * (score - scoreMean);
    }

    private void act(@Nullable Action action) {
        if (action != null) {
            acted++;
            approved += action == Action.APPROVE ? 1 : 0;
        }
    }

    private void duration(long nanos) {
        if (latency == null) {
            latency = new LatencyCounts();
        }
        latency.add(nanos);
    }

    /// Adds another span (Chan, Golub and LeVeque 1979 for the moments).
    void add(Tally other) {
        requests += other.requests;
        errors += other.errors;
        fallbacks += other.fallbacks;
        acted += other.acted;
        approved += other.approved;
        if (other.scores > 0) {
            double delta = other.scoreMean - scoreMean;
            long n = scores + other.scores;
            scoreSquares += other.scoreSquares + delta * delta * scores * other.scores / n;
            scoreMean += delta * other.scores / n;
            scores = n;
        }
        compared += other.compared;
        flips += other.flips;
        if (other.shifts > 0) {
            double delta = other.shiftMean - shiftMean;
            long n = shifts + other.shifts;
            shiftSquares += other.shiftSquares + delta * delta * shifts * other.shifts / n;
            shiftMean += delta * other.shifts / n;
            shifts = n;
        }
        outcomes += other.outcomes;
        bad += other.bad;
        expectedBad += other.expectedBad;
        expectedVariance += other.expectedVariance;
        lastMicros = Math.max(lastMicros, other.lastMicros);
        if (other.latency != null) {
            if (latency == null) {
                latency = new LatencyCounts();
            }
            latency.add(other.latency);
        }
    }

    /// A latency quantile in milliseconds, NaN when nothing was counted.
    double latencyMillis(double q) {
        return latency == null ? Double.NaN : latency.quantile(q) / 1e6;
    }
}
