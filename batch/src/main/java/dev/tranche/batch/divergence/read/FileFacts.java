package dev.tranche.batch.divergence.read;

import java.util.Map;

/// What one file held, for the reader of a study.
///
/// @param file its name without folders, so that the same study says the same on every machine
/// @param sha256 of the file as it lies on disk, in hex
/// @param layout what it was taken for, in words
/// @param symbol whose bars came of it
/// @param rows read, without header and empty lines
/// @param bars that came of them
/// @param intervalMillis length of a bar
/// @param from start of the first bar, epoch milliseconds
/// @param to end of the last bar, epoch milliseconds, exclusive
/// @param gaps holes in time, or stretches that were not to be trusted
/// @param missing bars that would have filled them
/// @param takerBars bars whose takers' volume is known
/// @param bookBars bars whose order flow imbalance is known
/// @param bad rows and events left out: reason to count
/// @param firsts where the first of each was seen
public record FileFacts(
        String file,
        String sha256,
        String layout,
        String symbol,
        long rows,
        long bars,
        long intervalMillis,
        long from,
        long to,
        long gaps,
        long missing,
        long takerBars,
        long bookBars,
        Map<String, Long> bad,
        Map<String, String> firsts) {
    /// Rows and events left out.
    public long badRows() {
        return bad.values().stream().mapToLong(Long::longValue).sum();
    }
}
