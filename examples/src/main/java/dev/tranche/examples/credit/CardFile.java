package dev.tranche.examples.credit;

import dev.tranche.inference.format.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a scorecard as `scorecard.json`: a table that can be read, printed and signed.
final class CardFile {

    private CardFile() {}

    /// @param rows applicants whose average points are the reference of the reasons (12 CFR 1002.9(b)(2),
    ///     comment 5: the average of all applicants is one of the two methods named there)
    static String of(Scorecard card, List<Applicant> rows) {
        List<String> lines = new ArrayList<>();
        for (Scorecard.Characteristic characteristic : card.characteristics()) {
            lines.add("    " + line(card, characteristic, rows).canonical());
        }
        Json scaling = Json.struct(
                Map.entry("base_score", Json.of(Scorecard.BASE)),
                Map.entry("base_odds", Json.of(Scorecard.ODDS)),
                Map.entry("odds", Json.of("good_to_bad")),
                Map.entry("pdo", Json.of(Scorecard.PDO)));
        return """
                {
                  "scaling": %s,
                  "rounding": "bins",
                  "values": "points",
                  "base_points": 0,
                  "reference": "declared",
                  "characteristics": [
                %s
                  ]
                }
                """.formatted(scaling.canonical(), String.join(",\n", lines));
    }

    private static Json line(Scorecard card, Scorecard.Characteristic characteristic, List<Applicant> rows) {
        Map<String, Json> line = new LinkedHashMap<>();
        line.put("input", Json.of(characteristic.feature()));
        Woe.Steps steps = characteristic.steps();
        if (steps != null) {
            line.put("edges", numbers(steps.edges()));
            line.put("closed", Json.of("left"));
            line.put(
                    "points",
                    numbers(steps.weights().stream()
                            .map(weight -> card.points(characteristic, weight))
                            .toList()));
            line.put("special", new Json.Items(List.of()));
        } else {
            List<Json> categories = new ArrayList<>();
            characteristic
                    .words()
                    .forEach((word, weight) -> categories.add(Json.struct(
                            Map.entry("values", new Json.Items(List.of(Json.of(word)))),
                            Map.entry("points", Json.of(card.points(characteristic, weight))))));
            line.put("categories", new Json.Items(categories));
            line.put("unseen", Json.of(card.points(characteristic, 0)));
        }
        line.put("missing", Json.of(card.points(characteristic, 0)));
        double average = rows.stream()
                .mapToDouble(row -> card.points(characteristic, characteristic.weight(row)))
                .average()
                .orElseThrow();
        line.put("reference", Json.of(average));
        return new Json.Struct(line);
    }

    private static Json numbers(List<Double> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(Json.of((double) value)));
        return new Json.Items(items);
    }
}
