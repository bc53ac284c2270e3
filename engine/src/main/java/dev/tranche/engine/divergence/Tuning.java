package dev.tranche.engine.divergence;

import dev.tranche.market.divergence.Adjustment;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The parameters that a configuration sets: some in every context, some in a few. What it does not set
/// is the calibration's. Immutable.
///
/// @param everywhere by name, as [Parameters#with] takes them
/// @param adjustments in the order of the file
/// @param config digest of the configuration
public record Tuning(Map<String, Double> everywhere, List<Adjustment> adjustments, String config) {
    /// Sets nothing.
    public static final Tuning NONE = new Tuning(Map.of(), List.of(), "0".repeat(64));

    public Tuning {
        everywhere = Map.copyOf(everywhere);
        adjustments = List.copyOf(adjustments);
    }

    /// What a configuration sets.
    ///
    /// @throws IllegalArgumentException when a value is out of its range, two rows are for the same
    ///     contexts, or the parameters do not fit each other in some context
    public static Tuning of(Config config) {
        Map<String, Double> everywhere = new LinkedHashMap<>();
        for (Parameter parameter : Parameter.values()) {
            Key<Double> key = EngineKeys.everywhere(parameter);
            if (config.sets(key)) {
                everywhere.put(parameter.text(), parameter.checked(config.value(key)));
            }
        }
        List<Adjustment> adjustments = new ArrayList<>();
        for (Config row : config.rows(EngineKeys.OVERRIDES)) {
            adjustments.add(adjustment(row));
        }
        Tuning tuning = new Tuning(everywhere, adjustments, config.digest());
        ParameterBook.of(Parameters.SEED.with(everywhere), adjustments);
        return tuning;
    }

    private static Adjustment adjustment(Config row) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : Parameter.values()) {
            Key<Double> key = EngineKeys.here(parameter);
            if (row.sets(key)) {
                values.put(parameter.text(), row.value(key));
            }
        }
        String symbol = row.value(EngineKeys.SYMBOL);
        return new Adjustment(
                symbol.isEmpty() || symbol.equals("any") ? Optional.empty() : Optional.of(symbol),
                wanted(row.value(EngineKeys.SESSION), Session::valueOf),
                wanted(row.value(EngineKeys.LIQUIDITY), Liquidity::valueOf),
                wanted(row.value(EngineKeys.SOURCE), Source::valueOf),
                values);
    }

    private static <T> Optional<T> wanted(String word, Function<String, T> parse) {
        return word.equals("any") ? Optional.empty() : Optional.of(parse.apply(word.toUpperCase(Locale.ROOT)));
    }

    /// The parameters of every context: those of `calibrated`, and over them what the configuration sets.
    /// What it sets everywhere wins over what the calibration sets in some contexts.
    public ParameterBook over(ParameterBook calibrated) {
        Map<Adjustment, Map<String, Double>> byContext = new LinkedHashMap<>();
        for (Adjustment theirs : calibrated.adjustments()) {
            Map<String, Double> values = new LinkedHashMap<>(theirs.values());
            values.keySet().removeAll(everywhere.keySet());
            if (!values.isEmpty()) {
                byContext.put(bare(theirs), values);
            }
        }
        for (Adjustment ours : adjustments) {
            byContext.computeIfAbsent(bare(ours), _ -> new LinkedHashMap<>()).putAll(ours.values());
        }
        List<Adjustment> all = new ArrayList<>();
        byContext.forEach((context, values) -> all.add(
                new Adjustment(context.symbol(), context.session(), context.liquidity(), context.source(), values)));
        return ParameterBook.of(calibrated.everywhere().with(everywhere), all);
    }

    /// The same context with one value that says nothing, to tell contexts apart by.
    private static Adjustment bare(Adjustment adjustment) {
        return new Adjustment(
                adjustment.symbol(),
                adjustment.session(),
                adjustment.liquidity(),
                adjustment.source(),
                Map.of(Parameter.WARMUP.text(), 0.0));
    }
}
