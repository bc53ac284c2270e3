package dev.tranche.batch.divergence;

import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The grid of a search: `swing_L=8,13,21` for each parameter that varies, all others as they are.
///
/// @param values by the name of the parameter, in the order given
record GridText(Map<String, List<Double>> values) {
    /// The grid of seed 003: 27 parameter sets.
    static final GridText SEED = parse(List.of("swing_L=8,13,21", "z_hi=1.2,1.6,2.0", "z_mid=0.4,0.6,0.8"));

    private static final int MOST = 100_000;

    /// @throws IllegalArgumentException for an unknown name, a value out of range or given twice, too many
    ///     sets
    static GridText parse(List<String> texts) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        long sets = 1;
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("a side of the grid is NAME=VALUE,VALUE,...: " + text);
            }
            Parameter parameter = Parameter.parse(text.substring(0, equals));
            List<Double> side = side(parameter, text.substring(equals + 1));
            if (values.put(parameter.text(), side) != null) {
                throw new IllegalArgumentException("a parameter stands once in a grid: " + parameter.text());
            }
            sets *= side.size();
        }
        if (sets > MOST) {
            throw new IllegalArgumentException("a grid has at most 100000 parameter sets: " + sets);
        }
        return new GridText(Map.copyOf(values));
    }

    private static List<Double> side(Parameter parameter, String text) {
        List<Double> side = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            double number;
            try {
                number = parameter.checked(Double.parseDouble(value.strip()));
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException(parameter.text() + " is no number: " + value, none);
            }
            if (side.contains(number)) {
                throw new IllegalArgumentException(parameter.text() + " names a value twice: " + value);
            }
            side.add(number);
        }
        return List.copyOf(side);
    }

    /// Every combination, the last parameter (in the order of [Parameter]) changing fastest.
    ///
    /// @throws IllegalArgumentException when some combination does not fit together
    List<Parameters> sets(Parameters others) {
        List<Map<String, Double>> sets = List.of(Map.of());
        for (Parameter parameter : Parameter.values()) {
            List<Double> side = values.getOrDefault(parameter.text(), List.of());
            if (!side.isEmpty()) {
                List<Map<String, Double>> longer = new ArrayList<>();
                for (Map<String, Double> set : sets) {
                    for (double value : side) {
                        Map<String, Double> more = new LinkedHashMap<>(set);
                        more.put(parameter.text(), value);
                        longer.add(more);
                    }
                }
                sets = longer;
            }
        }
        return sets.stream().map(others::with).toList();
    }
}
