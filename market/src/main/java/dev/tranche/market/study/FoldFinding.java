package dev.tranche.market.study;

import java.util.List;

/// One step of the walk-forward: what a cell, or the best choice made on the past, did in a stretch that
/// the choice had
/// not seen.
///
/// @param fold from 1
/// @param trainFromMillis start of the past that was looked at, inclusive
/// @param trainToMillis its end, exclusive; the longest horizon and the embargo lie between it and the test
/// @param testFromMillis start of the stretch, inclusive
/// @param testToMillis its end, exclusive
/// @param cells what was found in the stretch
public record FoldFinding(
        int fold,
        long trainFromMillis,
        long trainToMillis,
        long testFromMillis,
        long testToMillis,
        List<CellFinding> cells) {
    public FoldFinding {
        cells = List.copyOf(cells);
    }
}
