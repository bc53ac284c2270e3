package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes small CatBoost models as its own exporter does, for its own library to load: the trainer is not to
/// be had from Java, the formula is (`ai.catboost:catboost-prediction`).
final class CatboostFiles {
    /// Texts whose hashes are known from CatBoost's own tests.
    static final List<String> TEXTS = List.of("foo", "bar", "baz");

    static final List<Integer> HASHES = List.of(-553946371, 50123586, 825262476);
    static final int NUMBERS = 5;

    private final RandomGenerator random;
    private final List<String> questions = new ArrayList<>();
    private final List<List<Float>> borders = new ArrayList<>();

    private CatboostFiles(RandomGenerator random) {
        this.random = random;
    }

    /// A model of oblivious trees, or of trees of any shape.
    ///
    /// @param dimensions the values of a leaf
    /// @param finish `scale_and_bias`
    static byte[] write(
            RandomGenerator random, String loss, boolean oblivious, int dimensions, boolean categories, String finish) {
        return new CatboostFiles(random)
                .file(loss, oblivious, dimensions, categories, finish)
                .getBytes(UTF_8);
    }

    private String file(String loss, boolean oblivious, int dimensions, boolean categories, String finish) {
        String features = features(categories);
        String trees = IntStream.range(0, 12)
                .mapToObj(t -> oblivious ? oblivious(dimensions) : nested(dimensions, 0))
                .collect(Collectors.joining(","));
        return """
                {"features_info":%s,
                 "model_info":{"params":{"loss_function":{"type":"%s","params":{}}}},
                 "%s":[%s],
                 "scale_and_bias":%s}""".formatted(features, loss, oblivious ? "oblivious_trees" : "trees", trees, finish);
    }

    private String features(boolean categories) {
        String[] treatments = {"AsIs", "AsFalse", "AsTrue", "AsFalse", "AsTrue"};
        List<String> numbers = new ArrayList<>();
        for (int feature = 0; feature < NUMBERS; feature++) {
            List<Float> own = random.doubles(6)
                    .mapToObj(x -> (float) (x * 4 - 2))
                    .sorted()
                    .distinct()
                    .collect(Collectors.toCollection(ArrayList::new));
            own.addAll(List.of(3f, 0x1p24f, 1e30f));
            if (feature == 1) {
                own.addFirst(-Float.MAX_VALUE);
            }
            borders.add(own);
            for (float border : own) {
                questions.add("\"float_feature_index\":%d,\"border\":%s,\"split_type\":\"FloatFeature\""
                        .formatted(feature, Float.toString(border)));
            }
            numbers.add(
                    "{\"feature_index\":%d,\"flat_feature_index\":%d,\"feature_id\":\"n%d\",\"has_nans\":%b,\"borders\":%s,\"nan_value_treatment\":\"%s\"}"
                            .formatted(feature, feature, feature, feature > 0, own, treatments[feature]));
        }
        String category = "";
        if (categories) {
            HASHES.forEach(hash -> questions.add(
                    "\"cat_feature_index\":0,\"value\":%d,\"split_type\":\"OneHotFeature\"".formatted(hash)));
            category =
                    ",\"categorical_features\":[{\"feature_index\":0,\"flat_feature_index\":%d,\"feature_id\":\"c0\",\"values\":%s,\"string_values\":[%s]}]"
                            .formatted(
                                    NUMBERS,
                                    HASHES,
                                    TEXTS.stream()
                                            .map(text -> "\"" + text + "\"")
                                            .collect(Collectors.joining(",")));
        }
        return "{\"float_features\":[" + String.join(",", numbers) + "]" + category + "}";
    }

    private String split() {
        int index = random.nextInt(questions.size());
        return "{" + questions.get(index) + ",\"split_index\":" + index + "}";
    }

    private String oblivious(int dimensions) {
        int depth = random.nextInt(7);
        String splits = depth == 0
                ? "null"
                : IntStream.range(0, depth).mapToObj(i -> split()).collect(Collectors.joining(",", "[", "]"));
        return "{\"splits\":%s,\"leaf_weights\":%s,\"leaf_values\":%s}"
                .formatted(splits, values(1 << depth, 10), values(dimensions << depth, 1));
    }

    private String nested(int dimensions, int depth) {
        if (depth == 5 || (depth > 0 && random.nextInt(4) == 0)) {
            String value = dimensions == 1 ? values(1, 1).replaceAll("[\\[\\] ]", "") : values(dimensions, 1);
            return "{\"weight\":%d,\"value\":%s}".formatted(random.nextInt(20), value);
        }
        return "{\"split\":%s,\"left\":%s,\"right\":%s}"
                .formatted(split(), nested(dimensions, depth + 1), nested(dimensions, depth + 1));
    }

    /// Numbers of 13 digits: the library's JSON reader is off by a unit in the last place for some of 16 and
    /// 17.
    private String values(int count, double scale) {
        return random.doubles(count)
                .mapToObj(x -> String.format(Locale.ROOT, "%.13f", (x - 0.3) * scale))
                .toList()
                .toString();
    }

    /// Values of one number feature on every border of a file's feature, beside each, and the odd ones.
    static List<Float> odd(List<Float> borders) {
        List<Float> values = new ArrayList<>(List.of(
                Float.NaN,
                0f,
                -0f,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                0x1p24f,
                16777218f,
                -Float.MAX_VALUE,
                Float.MAX_VALUE));
        for (float border : borders) {
            values.addAll(List.of(border, Math.nextUp(border), Math.nextDown(border)));
        }
        return values;
    }
}
