package dev.tranche.market.study;

import dev.tranche.market.statistics.Correlation;
import java.util.List;

/// What scores have been worth at one horizon, or that there are too few events to say so.
public sealed interface HorizonCalibration {
    /// Bars that a position was held.
    int horizon();

    /// Events with a known outcome.
    int n();

    /// @param bins ascending, without overlap; win rates and expected returns never fall from one to the
    ///     next
    /// @param groups share of hits in up to five groups of about equal size, from low scores to high, as
    ///     they are
    /// @param monotonic whether the groups never fall and the last is above the first; the bins never fall
    ///     by construction and prove nothing
    /// @param spearman of score against gross return; its p takes outcomes for independent
    /// @param spearmanP one-sided, by block bootstrap
    record Fitted(
            int horizon,
            int n,
            List<ScoreBin> bins,
            List<Double> groups,
            boolean monotonic,
            Correlation spearman,
            double spearmanP)
            implements HorizonCalibration {
        public Fitted {
            bins = List.copyOf(bins);
            groups = List.copyOf(groups);
            if (bins.isEmpty()) {
                throw new IllegalArgumentException("a calibration must have at least one bin: " + bins);
            }
        }

        /// The bin of a score: the last one that begins at or below it, the first for a score below all.
        public ScoreBin bin(double score) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("a score must be a number: " + score);
            }
            ScoreBin found = bins.getFirst();
            for (ScoreBin bin : bins) {
                if (bin.scoreMin() <= score) {
                    found = bin;
                }
            }
            return found;
        }
    }

    /// @param needed events that the settings ask for
    record TooSmall(int horizon, int n, int needed) implements HorizonCalibration {
        @Override
        public String toString() {
            return "n too small (" + n + " of " + needed + ")";
        }
    }
}
