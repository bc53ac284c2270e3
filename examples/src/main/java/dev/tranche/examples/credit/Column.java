package dev.tranche.examples.credit;

import dev.tranche.inference.format.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One input of a tree model, made from one feature. This is the trainer's own reading of the data: the
/// product's transform is checked against it by the golden rows, so the two share no code.
sealed interface Column {

    /// The input's name.
    String name();

    /// The feature it is made from.
    String feature();

    /// The value for an applicant whose defaults are filled in; NaN is missing.
    double of(Applicant applicant);

    /// The number as it is.
    record Plain(String feature) implements Column {
        @Override
        public String name() {
            return feature;
        }

        @Override
        public double of(Applicant applicant) {
            return applicant.number(feature);
        }
    }

    /// The place of a word in a list, from 0.
    record Ordinal(String feature, List<String> order) implements Column {
        @Override
        public String name() {
            return feature + "_rank";
        }

        @Override
        public double of(Applicant applicant) {
            String text = applicant.text(feature);
            int at = text == null ? -1 : order.indexOf(text);
            return at < 0 ? Double.NaN : at;
        }
    }

    /// 1 for one word, 0 for any other and for none.
    record OneHot(String feature, String word) implements Column {
        @Override
        public String name() {
            return feature + "_" + Names.plain(word);
        }

        @Override
        public double of(Applicant applicant) {
            return word.equals(applicant.text(feature)) ? 1 : 0;
        }
    }

    /// The weight of evidence of a word; 0, the average, for an unseen word and for none.
    record Weight(String feature, Map<String, Double> weights) implements Column {
        @Override
        public String name() {
            return feature + "_woe";
        }

        @Override
        public double of(Applicant applicant) {
            String text = applicant.text(feature);
            return text == null ? 0 : weights.getOrDefault(text, 0.0);
        }
    }

    /// The steps of transform.yaml that make these columns.
    static List<Json> steps(List<Column> columns) {
        List<Json> steps = new ArrayList<>();
        for (Column column : columns) {
            switch (column) {
                case Plain _ -> {}
                case Ordinal ordinal ->
                    steps.add(Json.struct(
                            Map.entry("op", Json.of("ordinal")),
                            Map.entry("input", Json.of(ordinal.feature())),
                            Map.entry("output", Json.of(ordinal.name())),
                            Map.entry("order", words(ordinal.order())),
                            Map.entry("missing", new Json.Null()),
                            Map.entry("unseen", new Json.Null())));
                case OneHot first -> {
                    List<String> words = GermanCredit.field(first.feature()).categories();
                    if (first.word().equals(words.getFirst())) {
                        List<String> outputs = words.stream()
                                .map(word -> new OneHot(first.feature(), word).name())
                                .toList();
                        steps.add(Json.struct(
                                Map.entry("op", Json.of("one_hot")),
                                Map.entry("input", Json.of(first.feature())),
                                Map.entry("categories", words(words)),
                                Map.entry("outputs", words(outputs)),
                                Map.entry("missing", Json.of("zeros")),
                                Map.entry("unseen", Json.of("zeros"))));
                    }
                }
                case Weight weight -> {
                    List<Json> bins = new ArrayList<>();
                    weight.weights()
                            .forEach((word, woe) -> bins.add(Json.struct(
                                    Map.entry("values", words(List.of(word))),
                                    Map.entry("woe", Json.of((double) woe)))));
                    steps.add(Json.struct(
                            Map.entry("op", Json.of("woe")),
                            Map.entry("input", Json.of(weight.feature())),
                            Map.entry("output", Json.of(weight.name())),
                            Map.entry("categories", new Json.Items(bins)),
                            Map.entry("missing", Json.of(0)),
                            Map.entry("unseen", Json.of(0))));
                }
            }
        }
        return steps;
    }

    private static Json words(List<String> words) {
        List<Json> items = new ArrayList<>();
        words.forEach(word -> items.add(Json.of(word)));
        return new Json.Items(items);
    }

    /// The inputs of the tree models, weights fitted on the training rows.
    static List<Column> fit(List<Applicant> training) {
        List<Column> columns = new ArrayList<>();
        for (Field field : GermanCredit.FIELDS) {
            String name = field.name();
            if (GermanCredit.UNSCORED.contains(name)) {
                continue;
            }
            if (field.numeric()) {
                columns.add(new Plain(name));
                continue;
            }
            switch (name) {
                case "purpose", "credit_history" -> columns.add(new Weight(name, Woe.words(training, field)));
                case "other_parties", "other_payment_plans", "housing" ->
                    field.categories().forEach(word -> columns.add(new OneHot(name, word)));
                default -> columns.add(new Ordinal(name, field.categories()));
            }
        }
        return columns;
    }

    /// The vectors of applicants, row by row, defaults filled in first.
    static double[][] vectors(List<Column> columns, List<Applicant> rows) {
        double[][] vectors = new double[rows.size()][];
        for (int row = 0; row < vectors.length; row++) {
            Applicant filled = filled(rows.get(row));
            vectors[row] =
                    columns.stream().mapToDouble(column -> column.of(filled)).toArray();
        }
        return vectors;
    }

    /// The applicant as admission leaves it: declared defaults in place of missing values.
    static Applicant filled(Applicant applicant) {
        Applicant filled = applicant;
        for (Field field : GermanCredit.FIELDS) {
            if (filled.text(field.name()) == null && field.byDefault() != null) {
                filled = filled.with(field.name(), field.byDefault());
            }
        }
        return filled;
    }
}
