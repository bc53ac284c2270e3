package dev.tranche.bench.market;

import dev.tranche.bench.Report;
import java.io.IOException;

/// One question of `tranche bench market`: says first whether the answers are right, then what they cost.
interface Section {
    /// The word that names it on the command line.
    String name();

    /// Measures.
    ///
    /// @param rounds how often each contender is measured; at least 1
    /// @return whether every answer was right
    boolean run(Report report, int rounds) throws IOException, InterruptedException;
}
