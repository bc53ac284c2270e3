package dev.tranche.market.study;

import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.statistics.Interval;
import java.util.List;

/// What the detector does where there is nothing to find. An honest one is right as often as chance.
///
/// @param level of the simultaneous band, such as 0.999
/// @param seed of the walks, the shuffles and the bootstrap
/// @param cells of both controls, timed from the confirmation; these make the verdict
/// @param illusions timed from the pivot, which nobody can trade: the size of the mistake, not a finding
public record PlaceboFindings(
        Parameters parameters, double level, long seed, List<PlaceboCell> cells, List<Illusion> illusions) {
    public PlaceboFindings {
        cells = List.copyOf(cells);
        illusions = List.copyOf(illusions);
    }

    /// What nothing was hidden in.
    public enum Control {
        /// Prices of a driftless random walk, indicators of another.
        RANDOM_WALK,
        /// The real prices; the real indicators cut into blocks that change places.
        SHUFFLED_INDICATORS
    }

    public enum Verdict {
        WITHIN,
        OUTSIDE,
        /// A control had no cell with enough events: nothing measured is never a pass.
        UNMEASURED
    }

    /// One cell of a control.
    public sealed interface PlaceboCell {
        Control control();

        Cell cell();

        int horizon();

        int n();

        /// @param chance accuracy of the same announcements made at any time, close to one half
        /// @param band simultaneous: with probability `level`, an honest detector has all cells of the
        ///     control inside
        record Judged(Control control, Cell cell, int horizon, int n, int hits, double chance, Interval band)
                implements PlaceboCell {
            public double hitRate() {
                return (double) hits / n;
            }

            public boolean within() {
                return band.holds(hitRate());
            }
        }

        /// @param needed events that the settings ask for
        record TooSmall(Control control, Cell cell, int horizon, int n, int needed) implements PlaceboCell {
            @Override
            public String toString() {
                return "n too small (" + n + " of " + needed + ")";
            }
        }
    }

    /// The same events as if they had been known at their pivot.
    public record Illusion(Control control, int horizon, int n, int hits) {
        public double hitRate() {
            return (double) hits / n;
        }
    }

    /// The verdict on one control.
    public Verdict verdict(Control control) {
        List<PlaceboCell.Judged> judged =
                judged().stream().filter(cell -> cell.control() == control).toList();
        if (judged.isEmpty()) {
            return Verdict.UNMEASURED;
        }
        return judged.stream().allMatch(PlaceboCell.Judged::within) ? Verdict.WITHIN : Verdict.OUTSIDE;
    }

    /// OUTSIDE if any control is, else UNMEASURED if any control is.
    public Verdict verdict() {
        boolean unmeasured = false;
        for (Control control : Control.values()) {
            Verdict verdict = verdict(control);
            if (verdict == Verdict.OUTSIDE) {
                return verdict;
            }
            unmeasured |= verdict == Verdict.UNMEASURED;
        }
        return unmeasured ? Verdict.UNMEASURED : Verdict.WITHIN;
    }

    public List<PlaceboCell.Judged> judged() {
        return cells.stream()
                .filter(PlaceboCell.Judged.class::isInstance)
                .map(PlaceboCell.Judged.class::cast)
                .toList();
    }
}
