package dev.tranche.batch.divergence.report;

import dev.tranche.market.Bar;
import dev.tranche.market.divergence.DivergenceEvent;
import java.util.List;

/// The stretch of bars that shows most events from nearby.
///
/// @param from first bar
/// @param to the bar after the last
/// @param events that lie wholly inside, from the first pivot to the confirmation
record Window(int from, int to, int events) {
    private static final int LENGTH = 240;
    private static final int STEP = 20;

    /// Of equals the latest, which readers remember best.
    static Window of(List<Bar> bars, List<DivergenceEvent> events) {
        int length = Math.min(LENGTH, bars.size());
        Window best = new Window(bars.size() - length, bars.size(), 0);
        for (int from = bars.size() - length; from >= 0; from -= STEP) {
            long start = bars.get(from).openMillis();
            long end = bars.get(from + length - 1).closeMillis();
            int inside = (int) events.stream()
                    .filter(event -> event.first().millis() > start && event.confirmedMillis() <= end)
                    .count();
            if (inside > best.events()) {
                best = new Window(from, from + length, inside);
            }
        }
        return best;
    }
}
