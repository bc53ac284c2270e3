package dev.tranche.server.artifact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/// The `strategy.yaml` of a desk as the server understands it: the keys of `docs/reference/strategy.md`, each
/// of its kind and within its bounds. What the numbers mean only the engine knows, and it refuses what it
/// cannot trade; here a slip of the pen is refused before anybody rolls it out.
///
/// @param quotes the symbols quoted, as the file names them
/// @param venues the venues of quotes and hedges
/// @param model the theory of the quotes
/// @param spreadProduct whose model gives the spread; empty with the heuristic
/// @param sections the numbers, by section and key
public record StrategyFile(
        SequencedSet<String> quotes,
        SequencedSet<String> venues,
        String model,
        Optional<String> spreadProduct,
        Map<String, Map<String, Double>> sections) {
    /// The file's name in its folder.
    public static final String FILE = "strategy.yaml";

    private static final Pattern DURATION = Pattern.compile("[0-9]{1,9}(us|ms|s|m|h|d)");

    /// What may stand under a key.
    private sealed interface Kind {
        /// A finite number; `open` leaves out the least itself.
        record Real(double least, double most, boolean open) implements Kind {}

        record Word(List<String> allowed) implements Kind {}

        record Span() implements Kind {}

        record Flag() implements Kind {}

        record Text() implements Kind {}

        /// Read elsewhere: contracts, the detector's matrices.
        record Other() implements Kind {}
    }

    private static final double MANY = 1e12;
    private static final Kind POSITIVE = new Kind.Real(0, MANY, true);
    private static final Kind ANY = new Kind.Real(0, MANY, false);
    private static final Kind SHARE = new Kind.Real(0, 1, true);
    private static final Kind BPS = new Kind.Real(0, 1e6, false);
    private static final Kind SPAN = new Kind.Span();
    private static final Kind OTHER = new Kind.Other();

    /// Sections in the order of the page, the file's own keys under `strategy`.
    private static final SequencedMap<String, SequencedMap<String, Kind>> KEYS = new LinkedHashMap<>();

    static {
        section(
                "strategy",
                Map.of(
                        "name", new Kind.Text(),
                        "quotes", OTHER,
                        "fair", new Kind.Word(List.of("mid", "micro", "option_mark")),
                        "quoting", OTHER,
                        "limits", OTHER,
                        "spread", OTHER,
                        "volatility", OTHER,
                        "regime", OTHER,
                        "hedge", OTHER));
        section(
                "quoting",
                Map.ofEntries(
                        Map.entry("model", new Kind.Word(List.of("glft", "avellaneda_stoikov"))),
                        Map.entry("gamma", POSITIVE),
                        Map.entry("arrival_a", POSITIVE),
                        Map.entry("arrival_k", POSITIVE),
                        Map.entry("horizon", SPAN),
                        Map.entry("size", POSITIVE),
                        Map.entry("levels", new Kind.Real(1, 8, false)),
                        Map.entry("level_step_bps", BPS),
                        Map.entry("least_spread_bps", BPS),
                        Map.entry("most_spread_bps", BPS),
                        Map.entry("most_shift_bps", BPS),
                        Map.entry("refresh", SPAN),
                        Map.entry("move_ticks", ANY),
                        Map.entry("stale", SPAN),
                        Map.entry("late", SPAN),
                        Map.entry("amend", new Kind.Flag()),
                        Map.entry("vol_of_vol", ANY),
                        Map.entry("correlation", new Kind.Real(-1, 1, false))));
        section(
                "spread",
                Map.ofEntries(
                        Map.entry("source", new Kind.Word(List.of("theory", "heuristic", "model"))),
                        Map.entry("product", new Kind.Text()),
                        Map.entry("low_bps", BPS),
                        Map.entry("high_bps", BPS),
                        Map.entry("late", SPAN),
                        Map.entry("stale", SPAN),
                        Map.entry("sample", SPAN),
                        Map.entry("base_bps", BPS),
                        Map.entry("reference_volatility", POSITIVE)));
        section(
                "volatility",
                Map.ofEntries(Map.entry("sample", SPAN), Map.entry("half_life", SPAN), Map.entry("warm", ANY)));
        section(
                "regime",
                Map.ofEntries(
                        Map.entry("low", POSITIVE),
                        Map.entry("medium", POSITIVE),
                        Map.entry("high", POSITIVE),
                        Map.entry("detector", OTHER)));
        section(
                "detector",
                Map.of(
                        "bars", SPAN,
                        "window", POSITIVE,
                        "start", OTHER,
                        "move", OTHER,
                        "means", OTHER,
                        "covariances", OTHER,
                        "persistence", POSITIVE,
                        "confidence", new Kind.Real(0, 1, false),
                        "hysteresis", new Kind.Real(0, 1, false)));
        section(
                "hedge",
                Map.ofEntries(
                        Map.entry("with", OTHER),
                        Map.entry("scale", OTHER),
                        Map.entry("band", ANY),
                        Map.entry("normal", ANY),
                        Map.entry("urgent", ANY),
                        Map.entry("most_share", SHARE),
                        Map.entry("every", SPAN),
                        Map.entry("lasts", SPAN),
                        Map.entry("aversion", ANY),
                        Map.entry("least", ANY),
                        Map.entry("fall", ANY),
                        Map.entry("deep_fall", ANY),
                        Map.entry("rise", ANY),
                        Map.entry("gamma", ANY),
                        Map.entry("sharp_gamma", ANY),
                        Map.entry("move_frequency", POSITIVE),
                        Map.entry("gamma_frequency", POSITIVE),
                        Map.entry("most_frequency", POSITIVE),
                        Map.entry("covariance", OTHER),
                        Map.entry("limits", OTHER)));
        section(
                "covariance",
                Map.of(
                        "bars", SPAN,
                        "assets", OTHER,
                        "form", new Kind.Word(List.of("garch", "gjr", "egarch")),
                        "parameters", OTHER,
                        "presample", OTHER,
                        "a", new Kind.Real(0, 1, false),
                        "b", new Kind.Real(0, 1, false),
                        "mean", OTHER));
        section(
                "limits",
                Map.ofEntries(
                        Map.entry("quantity", POSITIVE),
                        Map.entry("notional", POSITIVE),
                        Map.entry("position", POSITIVE),
                        Map.entry("open", POSITIVE),
                        Map.entry("collar_bps", POSITIVE),
                        Map.entry("collar_ticks", ANY),
                        Map.entry("reference_age", SPAN),
                        Map.entry("orders_a_second", POSITIVE),
                        Map.entry("executions", POSITIVE),
                        Map.entry("execution_window", SPAN),
                        Map.entry("duplicate", SPAN),
                        Map.entry("delta", POSITIVE),
                        Map.entry("gamma", POSITIVE),
                        Map.entry("vega", POSITIVE)));
        section(
                "breaker",
                Map.of(
                        "daily_loss_warning", SHARE,
                        "daily_loss_limit", SHARE,
                        "drawdown_warning", SHARE,
                        "drawdown_limit", SHARE,
                        "var_95_limit", SHARE,
                        "var_99_limit", SHARE,
                        "concentration_warning", SHARE,
                        "concentration_limit", SHARE,
                        "cooldown", SPAN,
                        "patience", SPAN));
    }

    private static void section(String name, Map<String, Kind> keys) {
        SequencedMap<String, Kind> sorted = new LinkedHashMap<>();
        keys.keySet().stream().sorted().forEach(key -> sorted.put(key, keys.getOrDefault(key, OTHER)));
        KEYS.put(name, sorted);
    }

    /// The sections and their keys, for the page that describes them.
    static Map<String, SequencedSet<String>> keys() {
        SequencedMap<String, SequencedSet<String>> keys = new LinkedHashMap<>();
        KEYS.forEach((section, known) -> keys.put(section, known.sequencedKeySet()));
        return Collections.unmodifiableSequencedMap(keys);
    }

    /// Reads the file.
    ///
    /// @throws Refused `unknown_key`, `missing_key`, `bad_value`
    public static StrategyFile read(byte[] text) {
        Tree file = Tree.read(FILE, text).onlyKeys(set("strategy", "breaker"));
        Map<String, Map<String, Double>> sections = new LinkedHashMap<>();
        Tree strategy = file.tree("strategy");
        numbers(strategy, "strategy", sections);
        strategy.text("fair");
        Tree quoting = strategy.tree("quoting");
        numbers(quoting, "quoting", sections);
        needed(quoting, "model", "gamma", "arrival_a", "arrival_k", "size");
        limits(strategy.tree("limits"), sections);
        optional(strategy, "volatility", sections);
        Optional<String> product = Optional.empty();
        if (strategy.has("spread")) {
            Tree spread = strategy.tree("spread");
            numbers(spread, "spread", sections);
            if (spread.text("source", "theory").equals("model")) {
                product = Optional.of(spread.text("product"));
            }
        }
        if (strategy.has("regime")) {
            Tree regime = strategy.tree("regime");
            numbers(regime, "regime", sections);
            optional(regime, "detector", sections);
        }
        List<Tree> contracts = new ArrayList<>(strategy.trees("quotes"));
        int quoted = contracts.size();
        if (quoted == 0) {
            throw Refused.of(
                    Refused.Kind.MALFORMED, "missing_key", strategy.where() + " needs quotes: at least one contract");
        }
        if (strategy.has("hedge")) {
            Tree hedge = strategy.tree("hedge");
            numbers(hedge, "hedge", sections);
            needed(hedge, "band", "urgent");
            optional(hedge, "covariance", sections);
            if (hedge.has("limits")) {
                limits(hedge.tree("limits"), new LinkedHashMap<>());
            }
            contracts.addAll(hedge.trees("with"));
        }
        if (file.has("breaker")) {
            numbers(file.tree("breaker"), "breaker", sections);
        }
        SequencedSet<String> quotes = new LinkedHashSet<>();
        SequencedSet<String> venues = new LinkedHashSet<>();
        for (int i = 0; i < contracts.size(); i++) {
            Tree contract = contracts.get(i).onlyKeys(set("venue", "symbol"));
            venues.add(contract.text("venue"));
            String symbol = contract.text("symbol");
            if (i < quoted) {
                quotes.add(symbol);
            }
        }
        return new StrategyFile(
                Collections.unmodifiableSequencedSet(quotes),
                Collections.unmodifiableSequencedSet(venues),
                quoting.text("model"),
                product,
                Collections.unmodifiableMap(sections));
    }

    /// A number of the file.
    OptionalDouble number(String section, String key) {
        Double value = sections.getOrDefault(section, Map.of()).get(key);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static void optional(Tree tree, String section, Map<String, Map<String, Double>> sections) {
        if (tree.has(section)) {
            numbers(tree.tree(section), section, sections);
        }
    }

    private static void limits(Tree tree, Map<String, Map<String, Double>> sections) {
        numbers(tree, "limits", sections);
        needed(tree, "quantity", "position", "collar_bps");
    }

    private static void needed(Tree tree, String... keys) {
        for (String key : keys) {
            tree.text(key);
        }
    }

    private static void numbers(Tree tree, String section, Map<String, Map<String, Double>> sections) {
        SequencedMap<String, Kind> known = KEYS.getOrDefault(section, new LinkedHashMap<>());
        tree.onlyKeys(known.sequencedKeySet());
        Map<String, Double> numbers = new LinkedHashMap<>();
        known.forEach((key, kind) -> {
            if (tree.has(key)) {
                switch (kind) {
                    case Kind.Real number -> numbers.put(key, number(tree, key, number));
                    case Kind.Word(List<String> allowed) -> word(tree, key, allowed);
                    case Kind.Span _ -> span(tree, key);
                    case Kind.Flag _ -> tree.flag(key, false);
                    case Kind.Text _ -> tree.text(key);
                    case Kind.Other _ -> {}
                }
            }
        });
        sections.put(section, Collections.unmodifiableMap(numbers));
    }

    private static double number(Tree tree, String key, Kind.Real bounds) {
        double value = tree.real(key);
        if (!(value >= bounds.least() && value <= bounds.most()) || (bounds.open() && value == bounds.least())) {
            throw wrong(
                    tree,
                    key,
                    (bounds.open() ? "above " : "from ") + plain(bounds.least()) + " to " + plain(bounds.most()));
        }
        return value;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static void word(Tree tree, String key, List<String> allowed) {
        if (!allowed.contains(tree.text(key))) {
            throw wrong(tree, key, String.join(", ", allowed));
        }
    }

    private static void span(Tree tree, String key) {
        if (!DURATION.matcher(tree.text(key)).matches()) {
            throw wrong(tree, key, "a duration: 500us, 50ms, 2s, 1m, 8h, 1d");
        }
    }

    private static Refused wrong(Tree tree, String key, String allowed) {
        return Refused.of(
                Refused.Kind.MALFORMED,
                "bad_value",
                tree.where() + "." + key + " is not what it should be",
                tree.text(key),
                allowed);
    }

    private static SequencedSet<String> set(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
