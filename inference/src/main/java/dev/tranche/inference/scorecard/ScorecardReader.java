package dev.tranche.inference.scorecard;

import dev.tranche.inference.Model;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.inference.transform.CategoryTable;
import dev.tranche.inference.transform.NumericTable;
import dev.tranche.inference.transform.PointsScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads one scorecard: lines of points, or lines of WOE with coefficients that the scale turns into points.
final class ScorecardReader {
    private final JsonKeys keys;
    private final Function<String, List<String>> levels;

    ScorecardReader(JsonKeys keys, Function<String, List<String>> levels) {
        this.keys = keys;
        this.levels = levels;
    }

    Model read(OutputKind output) {
        Optional<PointsScale> scale = scale();
        Rounding rounding = Rounding.parse(keys.word("rounding", List.of("none", "bins", "sum")));
        boolean woe = keys.word("values", List.of("points", "woe")).equals("woe");
        boolean declared = keys.word("reference", List.of("maximum", "declared"), "maximum")
                .equals("declared");
        double basePoints = woe ? 0 : keys.number("base_points", 0);
        double intercept = woe ? keys.number("intercept") : 0;
        List<Json> items = keys.items("characteristics");
        List<Characteristic> lines = new ArrayList<>();
        double[] reference = new double[items.size()];
        for (Json item : items) {
            String where = "scorecard: characteristic " + (lines.size() + 1);
            JsonKeys line = item.asStruct(where).keys(where);
            Characteristic raw = line(line, woe ? "woe" : "points");
            Characteristic points =
                    woe ? scaled(raw, line.number("coefficient"), intercept, items.size(), needed(scale)) : raw;
            Characteristic rounded = points.map(rounding::bin);
            reference[lines.size()] = declared ? line.number("reference") : rounded.most();
            lines.add(rounded);
            line.done();
        }
        keys.done();
        if (lines.isEmpty()) {
            throw keys.wrong("characteristics", "must have at least one line");
        }
        return switch (output) {
            case PROBABILITY -> new Scorecard(basePoints, lines, reference, rounding, needed(scale));
            case SCORE -> new Scorecard(basePoints, lines, reference, rounding, null);
            case VALUE, CLASSES ->
                throw JsonException.of("model.yaml: output of a scorecard must be probability or score: " + output);
        };
    }

    private Optional<PointsScale> scale() {
        if (!keys.has("scaling")) {
            return Optional.empty();
        }
        JsonKeys scaling = keys.struct("scaling").keys("scorecard: scaling");
        PointsScale scale = PointsScale.read(scaling);
        scaling.done();
        return Optional.of(scale);
    }

    private PointsScale needed(Optional<PointsScale> scale) {
        return scale.orElseThrow(() -> keys.wrong("scaling", "is needed for values woe and for output probability"));
    }

    private Characteristic line(JsonKeys line, String key) {
        String input = line.text("input");
        if (line.has("categories")) {
            CategoryTable table = CategoryTable.read(input, line, key);
            List<String> known = levels.apply(input);
            for (String name : table.names()) {
                if (!known.contains(name)) {
                    throw line.wrong("categories", "of " + input + " must be among " + known + ": \"" + name + "\"");
                }
            }
            if (!table.complete()) {
                throw line.wrong("missing", "and unseen must be numbers or \"refuse\" in a scorecard");
            }
            return new Characteristic.Category(input, table, known);
        }
        if (!levels.apply(input).isEmpty()) {
            throw line.wrong("categories", "must be there, as " + input + " is a category");
        }
        NumericTable table = NumericTable.read(input, line, key);
        if (!table.complete()) {
            throw line.wrong("missing", "must be a number or \"refuse\" in a scorecard");
        }
        return new Characteristic.Numeric(input, table);
    }

    /// A line's share of `offset - factor · (intercept + Σ coefficient · woe)`, offset and intercept spread
    /// evenly.
    private static Characteristic scaled(
            Characteristic woe, double coefficient, double intercept, int lines, PointsScale scale) {
        double share = (scale.offset() - scale.factor() * intercept) / lines;
        return woe.map(value -> share - scale.factor() * coefficient * value);
    }
}
