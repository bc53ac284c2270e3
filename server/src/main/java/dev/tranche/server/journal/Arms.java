package dev.tranche.server.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Everything counted of the arms of one experiment. One writer.
final class Arms {
    private final long sinceSecond;
    private final Map<String, Tally> tallies = new HashMap<>();

    Arms(long sinceSecond) {
        this.sinceSecond = sinceSecond;
    }

    long since() {
        return sinceSecond;
    }

    void count(String arm, long second, Consumer<Tally> counted) {
        if (second >= sinceSecond) {
            counted.accept(tallies.computeIfAbsent(arm, _ -> new Tally()));
        }
    }

    void add(Arms other) {
        other.tallies.forEach(
                (arm, tally) -> tallies.computeIfAbsent(arm, _ -> new Tally()).add(tally));
    }

    Map<String, ArmTotals> totals() {
        Map<String, ArmTotals> totals = new TreeMap<>();
        tallies.forEach((arm, tally) -> totals.put(arm, ArmTotals.of(tally)));
        return totals;
    }
}
