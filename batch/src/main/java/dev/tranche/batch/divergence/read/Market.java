package dev.tranche.batch.divergence.read;

import dev.tranche.market.Bar;
import java.util.List;

/// The bars of one symbol, from one file or several.
///
/// @param symbol in upper case
/// @param intervalMillis length of a bar
/// @param bars in order of time, none overlapping; holes stay holes
/// @param files where they came from, in order of time
/// @param overlapping bars left out because an earlier file had that time already
public record Market(String symbol, long intervalMillis, List<Bar> bars, List<FileFacts> files, long overlapping) {
    /// Bars whose takers' volume is known.
    public long takerBars() {
        return files.stream().mapToLong(FileFacts::takerBars).sum();
    }

    /// Bars whose order flow imbalance is known.
    public long bookBars() {
        return files.stream().mapToLong(FileFacts::bookBars).sum();
    }

    /// Whether there is anything to compare the price with.
    public boolean hasFlow() {
        return takerBars() + bookBars() > 0;
    }
}
