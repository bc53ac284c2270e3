package dev.tranche.release.experiment;

/// What one arm has seen, as counts and moments: a fold over exposures and outcomes.
///
/// @param count exposures
/// @param decided exposures with a decision of the model
/// @param outcomes outcomes known
public record ArmTally(
        long count,
        long errors,
        long decided,
        long approved,
        Moments score,
        Moments latencyMillis,
        long outcomes,
        long bad) {
    public static final ArmTally EMPTY = new ArmTally(0, 0, 0, 0, Moments.EMPTY, Moments.EMPTY, 0, 0);

    public ArmTally {
        if (count < 0
                || errors < 0
                || errors > count
                || approved < 0
                || approved > decided
                || bad < 0
                || bad > outcomes) {
            throw new IllegalArgumentException("parts must not exceed their wholes: errors " + errors + " of " + count
                    + ", approved " + approved + " of " + decided + ", bad " + bad + " of " + outcomes);
        }
    }

    public ArmTally plus(Exposure exposure) {
        return new ArmTally(
                count + 1,
                errors + (exposure.failed() ? 1 : 0),
                decided + (exposure.approved().isPresent() ? 1 : 0),
                approved + (exposure.approved().orElse(false) ? 1 : 0),
                exposure.score().map(score::plus).orElse(score),
                latencyMillis.plus(exposure.latency().toNanos() / 1e6),
                outcomes,
                bad);
    }

    public ArmTally plus(Outcome outcome) {
        return new ArmTally(
                count, errors, decided, approved, score, latencyMillis, outcomes + 1, bad + (outcome.bad() ? 1 : 0));
    }
}
