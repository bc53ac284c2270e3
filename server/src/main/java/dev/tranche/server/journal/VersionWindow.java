package dev.tranche.server.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one version did in the last minute, and by the second for five minutes.
///
/// @param version exact name
/// @param shadow true when these are its shadow answers
/// @param requestsPerSecond answers a second over the last minute
/// @param minute the last minute
/// @param sinceStage since the rollout's stage was entered
/// @param series one point a second, oldest first; seconds without answers are left out
public record VersionWindow(
        String version, boolean shadow, double requestsPerSecond, Counts minute, Counts sinceStage, List<Point> series)
        implements Comparable<VersionWindow> {

    private static final int SERIES_SECONDS = 300;

    /// Counts over one span; rates are null when there is nothing to divide by.
    ///
    /// @param requests answers given
    /// @param errors answers in which the model failed or was late
    /// @param fallbacks answers given by fallback rules
    /// @param approvalRate approvals of the model's decisions
    /// @param scoreMean mean of the model's scores
    /// @param flipRate decisions that differ from those really made
    /// @param outcomes outcomes known
    /// @param calibrationRatio bad outcomes over those the scores promised
    /// @param latencyP50Ms median latency in milliseconds
    /// @param latencyP95Ms 95th percentile in milliseconds
    /// @param latencyP99Ms 99th percentile in milliseconds
    public record Counts(
            long requests,
            long errors,
            long fallbacks,
            @Nullable Double approvalRate,
            @Nullable Double scoreMean,
            @Nullable Double flipRate,
            long outcomes,
            @Nullable Double calibrationRatio,
            @Nullable Double latencyP50Ms,
            @Nullable Double latencyP95Ms,
            @Nullable Double latencyP99Ms) {

        static Counts of(Tally tally) {
            return new Counts(
                    tally.requests,
                    tally.errors,
                    tally.fallbacks,
                    ratio((double) tally.approved, (double) tally.acted),
                    tally.scores == 0 ? null : tally.scoreMean,
                    ratio((double) tally.flips, (double) tally.compared),
                    tally.outcomes,
                    ratio((double) tally.bad, tally.expectedBad),
                    finite(tally.latencyMillis(0.5)),
                    finite(tally.latencyMillis(0.95)),
                    finite(tally.latencyMillis(0.99)));
        }

        private static @Nullable Double ratio(double part, double whole) {
            return whole == 0 ? null : part / whole;
        }

        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /// One second.
    ///
    /// @param at seconds since 1970
    /// @param requests answers given
    /// @param errors answers in which the model failed or was late
    /// @param fallbacks answers given by fallback rules
    /// @param latencyP95Ms 95th percentile in milliseconds, null without answers
    public record Point(
            long at,
            long requests,
            long errors,
            long fallbacks,
            @Nullable Double latencyP95Ms) {}

    static VersionWindow of(String version, boolean shadow, Lane lane, long nowSecond) {
        List<Point> series = new ArrayList<>();
        for (long second = nowSecond - SERIES_SECONDS + 1; second <= nowSecond; second++) {
            Tally tally = lane.seconds().peek(second);
            if (tally != null && tally.requests > 0) {
                series.add(new Point(
                        second,
                        tally.requests,
                        tally.errors,
                        tally.fallbacks,
                        Counts.finite(tally.latencyMillis(0.95))));
            }
        }
        Tally minute = lane.trailing(nowSecond, 60);
        return new VersionWindow(
                version, shadow, minute.requests / 60.0, Counts.of(minute), Counts.of(lane.sinceStage()), series);
    }

    @Override
    public int compareTo(VersionWindow other) {
        return Comparator.comparing(VersionWindow::version)
                .thenComparing(VersionWindow::shadow)
                .compare(this, other);
    }
}
