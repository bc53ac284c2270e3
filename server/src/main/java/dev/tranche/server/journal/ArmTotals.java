package dev.tranche.server.journal;

/// What one arm of an experiment did since the experiment started.
///
/// @param requests answers given
/// @param errors answers in which the model failed or was late
/// @param fallbacks answers given by fallback rules
/// @param decided answers of the model with an action
/// @param approved approvals among them
/// @param scores scores of the model
/// @param scoreMean their mean, 0 without scores
/// @param scoreVariance their unbiased variance, 0 with fewer than two
/// @param outcomes outcomes known
/// @param bad bad ones among them
/// @param latencyP50Millis median latency in milliseconds, NaN without answers
/// @param latencyP95Millis 95th percentile in milliseconds
/// @param latencyP99Millis 99th percentile in milliseconds
public record ArmTotals(
        long requests,
        long errors,
        long fallbacks,
        long decided,
        long approved,
        long scores,
        double scoreMean,
        double scoreVariance,
        long outcomes,
        long bad,
        double latencyP50Millis,
        double latencyP95Millis,
        double latencyP99Millis) {

    static ArmTotals of(Tally tally) {
        return new ArmTotals(
                tally.requests,
                tally.errors,
                tally.fallbacks,
                tally.acted,
                tally.approved,
                tally.scores,
                tally.scoreMean,
                tally.scores > 1 ? tally.scoreSquares / (tally.scores - 1) : 0,
                tally.outcomes,
                tally.bad,
                tally.latencyMillis(0.5),
                tally.latencyMillis(0.95),
                tally.latencyMillis(0.99));
    }
}
