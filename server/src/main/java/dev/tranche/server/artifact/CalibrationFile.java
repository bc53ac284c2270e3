package dev.tranche.server.artifact;

import dev.tranche.release.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A `calibration.yaml` as a study writes it (`docs/reference/calibration.md`): what a score was worth,
/// for which detector and symbols, since when and for how long, and whether seed 003's acceptance is met.
///
/// @param made when; the end of the data unless the user said otherwise
/// @param valid for how long from then
/// @param detector version of the detector whose scores these are
/// @param symbols whose data it was made of
/// @param parameters of the detector, finite numbers by name
/// @param horizons by number of bars
/// @param acceptance met or not, point by point
/// @param placeboWithin whether the placebo's results were those of chance
/// @param trials combinations that were tried before this one was chosen
public record CalibrationFile(
        Instant made,
        Duration valid,
        String detector,
        List<String> symbols,
        SortedMap<String, Double> parameters,
        SortedMap<Integer, Horizon> horizons,
        Acceptance acceptance,
        boolean placeboWithin,
        long trials) {
    /// The file of the folder.
    public static final String FILE = "calibration.yaml";

    /// Scores within this range are worth so much.
    ///
    /// @param n events it rests on
    public record Band(double scoreMin, double scoreMax, long n, double winRate, double low, double high) {}

    /// What a score is worth so many bars later.
    ///
    /// @param monotonic whether equal groups of scores never won less as the score rose, as the study found it
    /// @param rho rank correlation of score and return; empty where there were too few events
    /// @param p its probability by chance
    public record Horizon(List<Band> bands, boolean monotonic, OptionalDouble rho, OptionalDouble p) {
        public Horizon {
            bands = List.copyOf(bands);
        }
    }

    /// A point of the acceptance.
    public record Point(String name, String required, String found, boolean met) {}

    public record Acceptance(boolean met, List<Point> points) {
        public Acceptance {
            points = List.copyOf(points);
        }
    }

    public CalibrationFile {
        symbols = List.copyOf(symbols);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        horizons = Collections.unmodifiableSortedMap(new TreeMap<>(horizons));
    }

    /// Reads the file.
    ///
    /// @throws Refused `missing_key`, `bad_value` or `bad_yaml` with the place
    public static CalibrationFile read(byte[] text) {
        Tree file = Tree.read(FILE, text);
        Tree tree = file.has("calibration") ? file.tree("calibration") : file;
        SortedMap<String, Double> parameters = new TreeMap<>();
        Tree values = tree.tree("parameters");
        values.map().keySet().forEach(name -> parameters.put(name, values.real(name)));
        SortedMap<Integer, Horizon> horizons = new TreeMap<>();
        Tree spans = tree.tree("horizons");
        Tree monotonic = tree.tree("monotonic");
        Tree spearman = tree.tree("spearman");
        for (String bars : spans.map().keySet()) {
            horizons.put(
                    whole(spans, bars),
                    new Horizon(
                            spans.trees(bars).stream()
                                    .map(CalibrationFile::band)
                                    .toList(),
                            monotonic.flag(bars, false),
                            number(spearman, bars, "rho"),
                            number(spearman, bars, "p")));
        }
        return new CalibrationFile(
                instant(tree, "made"),
                duration(tree, "valid"),
                tree.text("detector"),
                tree.texts("symbols"),
                parameters,
                horizons,
                acceptance(tree.tree("acceptance")),
                tree.tree("placebo").flag("within", false),
                tree.number("trials"));
    }

    private static Band band(Tree tree) {
        OptionalLong n = tree.optionalNumber("n");
        return new Band(
                tree.real("score_min"),
                tree.real("score_max"),
                n.orElse(0),
                tree.real("win_rate"),
                tree.real("win_rate_low"),
                tree.real("win_rate_high"));
    }

    private static Acceptance acceptance(Tree tree) {
        List<Point> points = new ArrayList<>();
        for (Tree point : tree.trees("points")) {
            points.add(new Point(
                    point.text("name"), point.text("required"), point.text("found"), point.flag("met", false)));
        }
        return new Acceptance(tree.flag("met", false), points);
    }

    private static int whole(Tree tree, String bars) {
        if (!bars.matches("[1-9]\\d{0,5}")) {
            throw wrong(tree, bars, "a horizon in bars, 1..999999");
        }
        return Integer.parseInt(bars);
    }

    private static OptionalDouble number(Tree spearman, String bars, String name) {
        if (!spearman.has(bars) || !spearman.tree(bars).has(name)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(spearman.tree(bars).real(name));
    }

    private static Instant instant(Tree tree, String key) {
        try {
            return Instant.parse(tree.text(key));
        } catch (DateTimeException e) {
            throw wrong(tree, key + ": " + tree.text(key), "a time, 2026-03-03T14:00:00Z");
        }
    }

    private static Duration duration(Tree tree, String key) {
        try {
            Duration duration = DurationText.parse(tree.text(key));
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "bad_value", tree.where() + "." + key + ": " + e.getMessage(), e);
        }
        throw wrong(tree, key + ": " + tree.text(key), "a duration above zero, 90d");
    }

    private static Refused wrong(Tree tree, String value, String allowed) {
        return Refused.of(
                Refused.Kind.MALFORMED, "bad_value", tree.where() + " is not what it should be", value, allowed);
    }
}
