package dev.tranche.market.study;

import java.util.List;

/// What the same parameters did in one stretch of the walk-forward.
public record FoldFinding(Fold fold, List<CellFinding> cells) {
    public FoldFinding {
        cells = List.copyOf(cells);
    }
}
