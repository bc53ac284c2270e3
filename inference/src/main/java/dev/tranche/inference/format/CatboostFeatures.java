package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The features of a CatBoost file: its inputs in the order of their columns (`flat_feature_index`), and the
/// questions that a split may ask of them, numbered as `split_index` numbers them (borders feature by
/// feature, then one-hot values).
///
/// @param names of the inputs
/// @param categories by input the texts of a one-hot feature in the order of its values; empty for a number
/// @param questions by `split_index`
/// @param byWords the same questions by what a split says in words
record CatboostFeatures(
        List<String> names,
        List<List<String>> categories,
        List<Question> questions,
        Map<CatboostFeatures.Words, Question> byWords) {
    /// The advice for features whose values are counted from the training data.
    private static final String NO_COUNTERS =
            "; train with one_hot_max_size at or above the number of categories, or encode them before";

    /// What a split asks of one input.
    sealed interface Question {
        /// The place of the input.
        int input();

        /// `x > border`; a missing value is below every border, or above where it is treated as true.
        record Above(int input, int index, float border, boolean missingBelow) implements Question {}

        /// Whether the category is the one of this code.
        record Equal(int input, int index, int value, int code) implements Question {}
    }

    /// What a split says: the feature's number within its kind, and the border or the value.
    record Words(int index, float border, int value) {}

    /// Reads `features_info`.
    ///
    /// @param counters `ctr_data`, which must be empty
    static CatboostFeatures read(Json.Struct file, Optional<Json> counters) {
        JsonKeys keys = file.keys("features_info");
        for (String kind : List.of("ctrs", "text_features", "embedding_features", "estimated_features")) {
            if (keys.has(kind) && !empty(keys.find(kind))) {
                throw ArtifactException.of(
                        "model_catboost_feature",
                        "features_info." + kind + " is not read: its values are made from the training data"
                                + NO_COUNTERS);
            }
        }
        if (!empty(counters)) {
            throw ArtifactException.of("model_catboost_feature", "ctr_data is not read" + NO_COUNTERS);
        }
        List<One> features = new ArrayList<>();
        for (Json item : list(keys, "float_features")) {
            features.add(One.number(item.asStruct("a float feature"), "float feature " + features.size()));
        }
        Map<Integer, String> texts = texts(keys);
        int numbers = features.size();
        for (Json item : list(keys, "categorical_features")) {
            String where = "categorical feature " + (features.size() - numbers);
            features.add(One.category(item.asStruct(where), where, texts));
        }
        keys.done();
        return of(features);
    }

    private static CatboostFeatures of(List<One> features) {
        List<One> inOrder =
                features.stream().sorted(Comparator.comparingInt(One::flat)).toList();
        Map<One, Integer> places = new HashMap<>();
        for (One feature : inOrder) {
            if (places.put(feature, places.size()) != null
                    || (places.size() > 1 && inOrder.get(places.size() - 2).flat() == feature.flat())) {
                throw JsonException.of("flat_feature_index must differ: " + feature.flat());
            }
        }
        List<Question> questions = new ArrayList<>();
        Map<Words, Question> byWords = new HashMap<>();
        for (One feature : features) {
            int first = questions.size();
            feature.ask(places.getOrDefault(feature, 0), questions);
            for (Question question : questions.subList(first, questions.size())) {
                if (byWords.put(words(question), question) != null) {
                    throw JsonException.of("feature_index must differ within its kind: " + feature.index());
                }
            }
        }
        return new CatboostFeatures(
                inOrder.stream().map(One::name).toList(),
                inOrder.stream().map(One::texts).toList(),
                questions,
                byWords);
    }

    /// The question that a split asks; its words and its `split_index` must agree.
    Question question(Json.Struct split, String where) {
        JsonKeys keys = split.keys(where);
        String type = keys.text("split_type");
        Question question = switch (type) {
            case "FloatFeature" -> above(keys);
            case "OneHotFeature" -> equal(keys);
            default ->
                throw ArtifactException.of(
                        "model_catboost_feature", where + ": split_type " + type + " is not read" + NO_COUNTERS);
        };
        if (keys.has("split_index")) {
            int index = One.whole(keys, "split_index");
            if (index < 0 || index >= questions.size() || !questions.get(index).equals(question)) {
                throw keys.wrong(
                        "split_index",
                        "says another split than the words beside it: " + index + ", " + split.canonical());
            }
        }
        keys.done();
        return question;
    }

    private static Words words(Question question) {
        return switch (question) {
            case Question.Above above -> new Words(above.index(), above.border() + 0f, 0);
            case Question.Equal equal -> new Words(equal.index(), Float.NaN, equal.value());
        };
    }

    private Question above(JsonKeys keys) {
        Words words = new Words(One.whole(keys, "float_feature_index"), (float) keys.number("border") + 0f, 0);
        return known(words, keys, "border", "borders of float feature " + words.index() + ": " + words.border());
    }

    private Question equal(JsonKeys keys) {
        Words words = new Words(One.whole(keys, "cat_feature_index"), Float.NaN, One.whole(keys, "value"));
        return known(words, keys, "value", "values of categorical feature " + words.index() + ": " + words.value());
    }

    private Question known(Words words, JsonKeys keys, String key, String rule) {
        Question question = byWords.get(words);
        if (question == null) {
            throw keys.wrong(key, "must be one of the " + rule);
        }
        return question;
    }

    /// One feature of the file.
    private record One(
            int flat,
            int index,
            String name,
            List<Float> borders,
            boolean missingBelow,
            List<Integer> values,
            List<String> texts) {
        static One number(Json.Struct file, String where) {
            JsonKeys keys = file.keys(where);
            boolean known = keys.flag("has_nans", false);
            String missing = keys.word("nan_value_treatment", List.of("AsIs", "AsFalse", "AsTrue"), "AsIs");
            List<Float> borders = new ArrayList<>();
            for (double border : empty(keys.find("borders")) ? new double[0] : keys.numbers("borders")) {
                if (!borders.isEmpty() && !((float) border > borders.getLast())) {
                    throw keys.wrong("borders", "must rise: " + borders.getLast() + ", " + border);
                }
                borders.add((float) border);
            }
            boolean above = known && missing.equals("AsTrue");
            return of(keys, borders, !above, List.of(), List.of());
        }

        static One category(Json.Struct file, String where, Map<Integer, String> known) {
            JsonKeys keys = file.keys(where);
            List<Integer> values = new ArrayList<>();
            for (Json value : list(keys, "values")) {
                values.add(whole(keys, "values", value));
            }
            List<String> texts = new ArrayList<>();
            for (Json text : list(keys, "string_values")) {
                if (!(text instanceof Json.Text(String words))) {
                    throw keys.wrong("string_values", "must hold texts, not " + text.kind());
                }
                texts.add(words);
            }
            for (int i = texts.size(); i < values.size(); i++) {
                String text = known.get(values.get(i));
                if (text == null) {
                    throw ArtifactException.of(
                            "model_catboost_category",
                            where + ": the text behind the value " + values.get(i) + " is not in the file; save it with"
                                    + " the training data, save_model(\"model.json\", format=\"json\", pool=pool)");
                }
                texts.add(text);
            }
            if (texts.size() != values.size() || new HashSet<>(values).size() < values.size()) {
                throw keys.wrong("values", "must differ and have a text each: " + values + ", " + texts);
            }
            return of(keys, List.of(), true, values, texts);
        }

        private static One of(
                JsonKeys keys, List<Float> borders, boolean missingBelow, List<Integer> values, List<String> texts) {
            int flat = whole(keys, "flat_feature_index");
            int index = whole(keys, "feature_index");
            if (flat < 0 || flat >= XgboostFile.MOST_FEATURES) {
                throw keys.wrong(
                        "flat_feature_index", "must be within 0.." + (XgboostFile.MOST_FEATURES - 1) + ": " + flat);
            }
            String id = keys.text("feature_id", "");
            String name = keys.text("feature_name", id);
            keys.done();
            return new One(
                    flat, index, name.isEmpty() ? Integer.toString(flat) : name, borders, missingBelow, values, texts);
        }

        void ask(int input, List<Question> questions) {
            for (float border : borders) {
                questions.add(new Question.Above(input, index, border, missingBelow));
            }
            for (int code = 0; code < values.size(); code++) {
                questions.add(new Question.Equal(input, index, values.get(code), code));
            }
        }

        static int whole(JsonKeys keys, String key) {
            return whole(keys, key, keys.need(key));
        }

        /// Hashes of categories are unsigned 32 bits in some versions, signed in others.
        private static int whole(JsonKeys keys, String key, Json value) {
            if (value instanceof Json.Num num) {
                long number = num.longValue();
                if (number >= Integer.MIN_VALUE && number < 1L << 32) {
                    return (int) number;
                }
            }
            throw keys.wrong(key, "must be a whole number of 32 bits, not " + value.canonical());
        }
    }

    private static Map<Integer, String> texts(JsonKeys keys) {
        Map<Integer, String> texts = new HashMap<>();
        for (Json item : list(keys, "cat_features_hash")) {
            JsonKeys pair = item.asStruct("cat_features_hash").keys("cat_features_hash");
            texts.put(One.whole(pair, "hash"), pair.text("value"));
            pair.done();
        }
        return texts;
    }

    /// CatBoost writes `null` for a list of nothing.
    static List<Json> list(JsonKeys keys, String key) {
        return empty(keys.find(key)) ? List.of() : keys.items(key);
    }

    private static boolean empty(Optional<Json> value) {
        return value.isEmpty()
                || value.get() instanceof Json.Null
                || (value.get() instanceof Json.Items(List<Json> values) && values.isEmpty())
                || (value.get() instanceof Json.Struct(Map<String, Json> members) && members.isEmpty());
    }
}
