package dev.tranche.inference;

import dev.tranche.inference.format.JsonKeys;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What `model.yaml` says under `explain`.
///
/// @param method the method demanded; empty for the model's own
/// @param background the file of background rows; empty when it names none
/// @param margin which margin is explained, from 0; empty when there is only one
record ExplainSpec(Optional<Contributions.Method> method, String background, Optional<Integer> margin) {
    private static final List<String> METHODS = Stream.of(Contributions.Method.values())
            .map(Contributions.Method::word)
            .toList();

    /// Most margins a model is asked about.
    private static final int MOST = 1 << 16;

    static final ExplainSpec NOTHING = new ExplainSpec(Optional.empty(), "", Optional.empty());

    static ExplainSpec read(JsonKeys model) {
        if (!model.has("explain")) {
            return NOTHING;
        }
        JsonKeys keys = model.struct("explain").keys("model.yaml: explain");
        Optional<Contributions.Method> method = keys.has("method")
                ? Optional.of(Contributions.Method.valueOf(
                        keys.word("method", METHODS).toUpperCase(Locale.ROOT)))
                : Optional.empty();
        String background = keys.text("background", "");
        Optional<Integer> margin = Optional.empty();
        if (keys.has("margin")) {
            double number = keys.number("margin");
            if (!(number >= 0 && number < MOST && number == Math.rint(number))) {
                throw keys.wrong("margin", "must be a whole number from 0: " + number);
            }
            margin = Optional.of((int) number);
        }
        if (method.equals(Optional.of(Contributions.Method.TREE_INTERVENTIONAL)) && background.isEmpty()) {
            throw keys.wrong("background", "must name a file of rows: tree_interventional compares with them");
        }
        if (method.equals(Optional.of(Contributions.Method.TREE_PATH)) && !background.isEmpty()) {
            throw keys.wrong("background", "must be left out: tree_path compares with the training data in the trees");
        }
        keys.done();
        return new ExplainSpec(method, background, margin);
    }
}
