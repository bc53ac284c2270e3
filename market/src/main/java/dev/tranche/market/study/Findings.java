package dev.tranche.market.study;

import dev.tranche.market.divergence.Parameters;
import java.util.List;
import java.util.Optional;

/// What a study of one parameter set found.
///
/// @param symbols in the order of the bars given
/// @param settings as the study was made
/// @param events all that were confirmed
/// @param conflicts of them without a direction, which no accuracy can judge
/// @param unfinished directed events whose longest outcome lies beyond the bars or across a gap; they count
///     at the horizons that were reached
/// @param cells the grid and then the totals, each at every horizon
/// @param folds the totals, stretch by stretch
public record Findings(
        Parameters parameters,
        List<String> symbols,
        Settings settings,
        int events,
        int conflicts,
        int unfinished,
        List<CellFinding> cells,
        List<FoldFinding> folds) {
    public Findings {
        symbols = List.copyOf(symbols);
        cells = List.copyOf(cells);
        folds = List.copyOf(folds);
    }

    public Optional<CellFinding> at(Cell cell, int horizon) {
        return cells.stream()
                .filter(found -> found.cell().equals(cell) && found.horizon() == horizon)
                .findFirst();
    }

    /// The cells that have numbers.
    public List<CellFinding.Measured> measured() {
        return cells.stream()
                .filter(CellFinding.Measured.class::isInstance)
                .map(CellFinding.Measured.class::cast)
                .toList();
    }
}
