package dev.tranche.batch.market.series;

import dev.tranche.batch.file.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A column of a file.
///
/// @param name of the file
/// @param column its own
/// @param times beside each value, as the file writes them; empty when it has none
/// @param values in the order of the file
record Column(String name, String column, List<String> times, List<Double> values) {
    /// The columns at the times that all of them have, in the order of the first.
    ///
    /// @throws RefusedException when one has no times, or a time twice, or they have fewer than two in common
    static List<Column> matched(List<Column> columns) {
        List<Map<String, Double>> byTime = new ArrayList<>();
        for (Column each : columns) {
            if (each.times.isEmpty()) {
                throw RefusedException.because(each.name + " has no column of times to match it with the others by");
            }
            Map<String, Double> values = new HashMap<>();
            for (int i = 0; i < each.values.size(); i++) {
                if (values.put(each.times.get(i), each.values.get(i)) != null) {
                    throw RefusedException.because(each.name + " has the time " + each.times.get(i) + " twice");
                }
            }
            byTime.add(values);
        }
        Set<String> common = new HashSet<>(byTime.getFirst().keySet());
        byTime.forEach(each -> common.retainAll(each.keySet()));
        if (common.size() < 2) {
            throw RefusedException.because(
                    "the files have " + common.size() + " times in common, written alike; at least 2 are needed");
        }
        List<String> times =
                columns.getFirst().times.stream().filter(common::contains).toList();
        List<Column> matched = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Map<String, Double> values = byTime.get(i);
            List<Double> kept = new ArrayList<>();
            times.forEach(time -> kept.add(values.get(time)));
            matched.add(new Column(columns.get(i).name, columns.get(i).column, times, kept));
        }
        return matched;
    }
}
