package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.GridFindings;
import dev.tranche.market.study.Pass;
import dev.tranche.market.study.Study;
import java.util.ArrayList;
import java.util.List;

/// What a search says: all combinations judged together, and the best of each cell with the same correction.
///
/// @param markets what was read
/// @param sets parameter sets tried
/// @param trials combinations of a parameter set and a cell: what every correction counts
/// @param together by horizon
/// @param cells the best of each cell, cell by cell and by horizon within
record TuneFindings(List<Market> markets, int sets, long trials, List<GridFindings> together, List<BestOfCell> cells) {
    /// @param found the search within one cell, corrected for all trials
    record BestOfCell(Cell cell, GridFindings found) {}

    static TuneFindings of(List<Market> markets, Study study, List<Pass> passes) {
        List<Cell> cells = Cell.grid(study.sources());
        long trials = (long) passes.size() * cells.size();
        List<GridFindings> together = new ArrayList<>();
        List<BestOfCell> best = new ArrayList<>();
        for (int horizon : study.settings().horizons()) {
            together.add(study.across(passes, cells, horizon));
        }
        for (Cell cell : cells) {
            for (int horizon : study.settings().horizons()) {
                best.add(new BestOfCell(cell, study.across(passes, List.of(cell), horizon, trials)));
            }
        }
        return new TuneFindings(markets, passes.size(), trials, together, best);
    }
}
