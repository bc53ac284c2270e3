package dev.tranche.market.study;

import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.statistics.SuperiorAbility;
import java.util.List;
import java.util.Optional;

/// What all combinations of a grid say together, at one horizon: the best of many is judged as the best of
/// many.
///
/// @param horizon bars
/// @param trials combinations tried, the denominator of everything here, whether they had enough events or
///     not
/// @param measured of them with enough events
/// @param best the combination with the highest Sharpe ratio; absent when none had enough events
/// @param realityCheckP White (2000): the chance of such a best mean net return where no combination earns
///     anything
/// @param superior Hansen (2005): the same, studentised and without the hopeless ones
/// @param accuracyP the chance of such a best accuracy where every true one is one half (maximum statistic)
/// @param walkForward the combination that was best on the past, on the stretch after it
public record GridFindings(
        int horizon,
        long trials,
        int measured,
        Optional<Best> best,
        double realityCheckP,
        SuperiorAbility superior,
        double accuracyP,
        List<Step> walkForward) {
    public GridFindings {
        walkForward = List.copyOf(walkForward);
    }

    /// @param sharpe a period, not annualised
    /// @param expectedMaximum the Sharpe ratio that the best of so many worthless combinations is expected
    ///     to show
    /// @param deflatedSharpe chance that the true Sharpe ratio is above what luck explains; 0.95 is the
    ///     usual demand
    public record Best(
            Parameters parameters, CellFinding finding, double sharpe, double expectedMaximum, double deflatedSharpe) {}

    /// @param chosen absent when no combination had enough events on the past
    /// @param found what the chosen one did after
    public record Step(Fold fold, Optional<Parameters> chosen, Optional<CellFinding> found) {}
}
