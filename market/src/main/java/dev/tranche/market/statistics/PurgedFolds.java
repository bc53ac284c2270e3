package dev.tranche.market.statistics;

import java.util.ArrayList;
import java.util.List;

/// Stretches of time to choose on and to test on, so that no outcome of the one reaches into the other.
///
/// Walk-forward, purged and embargoed as in López de Prado, Advances in Financial Machine Learning (2018),
/// 7.4: the past is cut off `purge` (the longest outcome) and `embargo` before the test, because an outcome
/// that begins in the past ends later. The past always begins at the start and grows.
///
/// @param trainFrom inclusive
/// @param trainTo exclusive: what begins before it, ends at least `embargo` before `testFrom`
/// @param testFrom inclusive
/// @param testTo exclusive
public record PurgedFolds(long trainFrom, long trainTo, long testFrom, long testTo) {

    /// The time is cut into `folds + 1` equal stretches; each but the first is tested once.
    ///
    /// @param from start, inclusive, in any unit
    /// @param to end, exclusive
    /// @param folds at least 1
    /// @param purge how long an outcome takes, at least 0
    /// @param embargo distance besides, at least 0; at least `purge` where indicators remember
    /// @throws IllegalArgumentException when the first stretch is not longer than what is cut off
    public static List<PurgedFolds> walkForward(long from, long to, int folds, long purge, long embargo) {
        if (folds < 1 || purge < 0 || embargo < 0) {
            throw new IllegalArgumentException("folds must be at least 1, purge and embargo at least 0: " + folds + ", "
                    + purge + " and " + embargo);
        }
        long stretch = (to - from) / (folds + 1);
        if (stretch <= purge + embargo) {
            throw new IllegalArgumentException(
                    "a stretch must be longer than purge and embargo, " + (purge + embargo) + ": " + stretch);
        }
        List<PurgedFolds> all = new ArrayList<>(folds);
        for (int fold = 1; fold <= folds; fold++) {
            long testFrom = from + stretch * fold;
            long testTo = fold == folds ? to : testFrom + stretch;
            all.add(new PurgedFolds(from, testFrom - purge - embargo, testFrom, testTo));
        }
        return List.copyOf(all);
    }

    public boolean trains(long time) {
        return time >= trainFrom && time < trainTo;
    }

    public boolean tests(long time) {
        return time >= testFrom && time < testTo;
    }
}
