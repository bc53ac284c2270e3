package dev.tranche.market.divergence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Parameters that differ in some contexts. What is empty is not asked for.
///
/// @param values the parameters that differ, at least one, by the names of [Parameter#text]; cooldown in
///     seconds
public record Adjustment(
        Optional<String> symbol,
        Optional<Session> session,
        Optional<Liquidity> liquidity,
        Optional<Source> source,
        Map<String, Double> values) {
    public Adjustment {
        Map<String, Double> known = new LinkedHashMap<>();
        values.forEach((name, value) ->
                known.put(Parameter.parse(name).text(), Parameter.parse(name).checked(value)));
        if (known.isEmpty()) {
            throw new IllegalArgumentException("an adjustment must name at least one parameter");
        }
        values = Map.copyOf(known);
    }

    /// True when this adjustment is meant for the context.
    public boolean applies(Context context) {
        return symbol.map(context.symbol()::equals).orElse(true)
                && session.map(wanted -> wanted == context.session()).orElse(true)
                && liquidity.map(wanted -> wanted == context.liquidity()).orElse(true)
                && source.map(wanted -> wanted == context.source()).orElse(true);
    }

    /// How specific it is, 0..15: a symbol counts more than the rest together, then source, session,
    /// liquidity.
    public int rank() {
        return (symbol.isPresent() ? 8 : 0)
                + (source.isPresent() ? 4 : 0)
                + (session.isPresent() ? 2 : 0)
                + (liquidity.isPresent() ? 1 : 0);
    }

    /// True when both are meant for exactly the same contexts.
    boolean rivals(Adjustment other) {
        return symbol.equals(other.symbol)
                && session.equals(other.session)
                && liquidity.equals(other.liquidity)
                && source.equals(other.source);
    }
}
