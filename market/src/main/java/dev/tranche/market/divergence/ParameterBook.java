package dev.tranche.market.divergence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parameters of every context: some for all, and adjustments. Of the adjustments that apply to a
/// context each replaces the parameters it names, the most specific last, so that it wins
/// ([Adjustment#rank]). Immutable; every context is resolved and checked when the book is made, so that
/// looking up costs no more than a hash.
public final class ParameterBook {
    private static final int CONTEXTS = 12;

    private final Parameters everywhere;
    private final List<Adjustment> adjustments;
    private final Parameters[] others;
    private final Map<String, Parameters[]> bySymbol = new HashMap<>();

    private ParameterBook(Parameters everywhere, List<Adjustment> adjustments) {
        this.everywhere = everywhere;
        this.adjustments = List.copyOf(adjustments);
        for (int i = 0; i < adjustments.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (adjustments.get(i).rivals(adjustments.get(j))) {
                    throw new IllegalArgumentException("two adjustments for the same contexts: " + adjustments.get(j)
                            + " and " + adjustments.get(i));
                }
            }
        }
        this.others = resolve("");
        for (Adjustment adjustment : adjustments) {
            adjustment.symbol().ifPresent(symbol -> bySymbol.computeIfAbsent(symbol, this::resolve));
        }
    }

    /// A book.
    ///
    /// @throws IllegalArgumentException when two adjustments are for the same contexts, or in some
    ///     context the parameters do not fit each other
    public static ParameterBook of(Parameters everywhere, List<Adjustment> adjustments) {
        return new ParameterBook(everywhere, adjustments);
    }

    /// A book of the same parameters in every context.
    public static ParameterBook of(Parameters everywhere) {
        return new ParameterBook(everywhere, List.of());
    }

    /// The parameters of a context.
    public Parameters at(Context context) {
        return at(context.symbol(), context.session(), context.liquidity(), context.source());
    }

    /// The parameters of a context, without an object for it.
    public Parameters at(String symbol, Session session, Liquidity liquidity, Source source) {
        return bySymbol.getOrDefault(symbol, others)[index(session, liquidity, source)];
    }

    /// The parameters where no adjustment applies.
    public Parameters everywhere() {
        return everywhere;
    }

    public List<Adjustment> adjustments() {
        return adjustments;
    }

    private static int index(Session session, Liquidity liquidity, Source source) {
        return (session == Session.DAY ? 0 : 6) + (liquidity == Liquidity.ACTIVE ? 0 : 3) + source.slot();
    }

    private Parameters[] resolve(String symbol) {
        Parameters[] table = new Parameters[CONTEXTS];
        for (Session session : Session.values()) {
            for (Liquidity liquidity : Liquidity.values()) {
                for (Source source : Source.values()) {
                    table[index(session, liquidity, source)] = resolve(new Context(symbol, session, liquidity, source));
                }
            }
        }
        return table;
    }

    private Parameters resolve(Context context) {
        Map<String, Double> values = everywhere.values();
        adjustments.stream()
                .filter(adjustment -> adjustment.applies(context))
                .sorted(Comparator.comparingInt(Adjustment::rank))
                .forEach(adjustment -> values.putAll(adjustment.values()));
        try {
            return everywhere.with(values);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(context + ": " + unfit.getMessage(), unfit);
        }
    }
}
