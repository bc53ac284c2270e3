package dev.tranche.inference;

import dev.tranche.inference.explain.Background;
import dev.tranche.inference.explain.Referenced;
import dev.tranche.inference.explain.TreeInterventional;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.transform.Program;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A model with the way in which it explains itself, or with the reason why it cannot. Immutable.
final class Explained {
    private final @Nullable Explainer explainer;
    private final @Nullable Explanation explanation;
    private final String obstacle;

    private Explained(@Nullable Explainer explainer, @Nullable Explanation explanation, String obstacle) {
        this.explainer = explainer;
        this.explanation = explanation;
        this.obstacle = obstacle;
    }

    /// The way of a model.
    ///
    /// @param spec what `model.yaml` says
    /// @param model the model without calibration
    /// @param background reads the file that the spec names
    /// @throws ArtifactException `explain_invalid` when the spec demands what the model cannot give
    static Explained of(
            ExplainSpec spec, Model model, Program program, String format, Supplier<Background> background) {
        Optional<Explainer> found;
        try {
            found = explainer(spec, model, background);
        } catch (IllegalArgumentException unfit) {
            throw invalid(String.valueOf(unfit.getMessage()));
        }
        if (found.isEmpty()) {
            String why = model instanceof TreeModel trees
                    ? TreeShap.obstacle(trees.ensemble()).orElse("no method is known for these trees")
                    : "no reasons are known for a model of format " + format;
            if (!spec.equals(ExplainSpec.NOTHING)) {
                throw invalid(why);
            }
            return new Explained(null, null, why);
        }
        Explainer explainer = found.get();
        int margin = spec.margin().orElse(0);
        if (margin >= explainer.margins()) {
            throw invalid("margin must be within 0.." + (explainer.margins() - 1) + ": " + margin);
        }
        if (explainer.margins() > 1 && spec.margin().isEmpty()) {
            return new Explained(
                    null,
                    null,
                    "model.yaml must say in explain.margin which of the " + explainer.margins()
                            + " margins is explained, 0.." + (explainer.margins() - 1));
        }
        return new Explained(
                explainer,
                new Explanation(explainer.method(), explainer.reference(), margin, lines(explainer, program)),
                "");
    }

    private static Optional<Explainer> explainer(ExplainSpec spec, Model model, Supplier<Background> background) {
        Optional<Explainer> own = model.explainer();
        Contributions.Method method =
                spec.method().or(() -> own.map(Explainer::method)).orElse(Contributions.Method.TREE_PATH);
        return switch (method) {
            case TREE_INTERVENTIONAL -> {
                if (!(model instanceof TreeModel trees)) {
                    throw invalid("method tree_interventional needs a model of trees");
                }
                yield Optional.of(TreeInterventional.of(trees.ensemble(), background.get()));
            }
            case POINTS_BELOW_REFERENCE, TREE_PATH -> {
                if (own.isPresent() && own.get().method() != method) {
                    throw invalid("method " + method.word() + " does not fit a model that is explained by "
                            + own.get().method().word());
                }
                if (!spec.background().isEmpty() && method == Contributions.Method.TREE_PATH) {
                    throw invalid("a background needs method tree_interventional for a model of trees");
                }
                yield spec.background().isEmpty() ? own : own.map(explainer -> referenced(explainer, background.get()));
            }
        };
    }

    private static Explainer referenced(Explainer own, Background background) {
        try {
            return Referenced.of(own, background);
        } catch (RowRefusedException refused) {
            throw invalid(
                    "the background has a row that the model refuses: " + refused.column() + " " + refused.reason());
        }
    }

    private static List<Explanation.Line> lines(Explainer explainer, Program program) {
        List<Explanation.Line> lines = new ArrayList<>();
        if (explainer.lines().isEmpty()) {
            for (int i = 0; i < program.outputs().size(); i++) {
                lines.add(new Explanation.Line(
                        program.outputs().get(i), program.features().get(i), List.of()));
            }
            return lines;
        }
        for (Explainer.Line line : explainer.lines()) {
            SequencedSet<String> features = new LinkedHashSet<>();
            for (String input : line.inputs()) {
                int place = program.outputs().indexOf(input);
                features.addAll(place < 0 ? List.of(input) : program.features().get(place));
            }
            lines.add(new Explanation.Line(line.name(), List.copyOf(features), line.codes()));
        }
        return lines;
    }

    private static ArtifactException invalid(String reason) {
        return ArtifactException.of("explain_invalid", "model.yaml: explain: " + reason);
    }

    /// @throws ArtifactException `not_explainable` when there is none
    Explanation explanation() {
        if (explanation == null) {
            throw refusal();
        }
        return explanation;
    }

    /// The parts of one vector.
    ///
    /// @throws ArtifactException `not_explainable` when no method is known for the model
    Contributions explain(double[] vector, Deadline deadline) {
        if (explainer == null || explanation == null) {
            throw refusal();
        }
        double[] parts = explainer.parts(vector, explanation.margin(), deadline);
        List<String> codes = explainer.codes(vector);
        List<Contributions.Part> named = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            Explanation.Line line = explanation.lines().get(i);
            named.add(new Contributions.Part(
                    line.column(), line.features(), parts[i], codes.isEmpty() ? "" : codes.get(i)));
        }
        return new Contributions(
                explanation.method(),
                explanation.reference(),
                explainer.base(explanation.margin()),
                explainer.direction(),
                named);
    }

    private ArtifactException refusal() {
        return ArtifactException.of("not_explainable", "this model cannot explain itself: " + obstacle);
    }
}
