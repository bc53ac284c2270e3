package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.link.DoubleLink;
import org.jspecify.annotations.Nullable;

/// The link of a LightGBM objective as the header writes it, for example `binary sigmoid:1`
/// (`ConvertOutput` in `src/objective/*.hpp`).
final class LightgbmObjective {
    private LightgbmObjective() {}

    /// The link; the identity where the header has no objective (a custom one).
    static DoubleLink link(@Nullable String objective) {
        if (objective == null) {
            return new DoubleLink.Identity();
        }
        String[] words = objective.strip().split(" +");
        return switch (words[0]) {
            case "binary", "multiclassova", "multiclass_ova", "ova", "ovr" -> new DoubleLink.Sigmoid(sigmoid(words));
            case "multiclass", "softmax" -> new DoubleLink.Softmax();
            case "cross_entropy", "xentropy" -> new DoubleLink.Sigmoid(1);
            case "cross_entropy_lambda", "xentlambda" -> new DoubleLink.Softplus();
            case "poisson", "gamma", "tweedie" -> new DoubleLink.Exp();
            case "regression",
                    "regression_l2",
                    "l2",
                    "mean_squared_error",
                    "mse",
                    "l2_root",
                    "root_mean_squared_error",
                    "rmse" -> squared(words) ? new DoubleLink.SignedSquare() : new DoubleLink.Identity();
            case "regression_l1",
                    "l1",
                    "mean_absolute_error",
                    "mae",
                    "huber",
                    "fair",
                    "quantile",
                    "mape",
                    "mean_absolute_percentage_error",
                    "lambdarank",
                    "rank_xendcg",
                    "xendcg",
                    "custom",
                    "none" -> squared(words) ? new DoubleLink.SignedSquare() : new DoubleLink.Identity();
            default ->
                throw ArtifactException.of(
                        "model_objective", "the objective \"" + words[0] + "\" is not known, so neither is its link");
        };
    }

    private static boolean squared(String[] words) {
        return words.length > 1 && words[1].equals("sqrt");
    }

    private static double sigmoid(String[] words) {
        for (String word : words) {
            if (word.startsWith("sigmoid:")) {
                try {
                    return new DoubleLink.Sigmoid(Double.parseDouble(word.substring("sigmoid:".length()))).scale();
                } catch (IllegalArgumentException e) {
                    throw ArtifactException.of("model_objective", "sigmoid must be a number above 0: " + word);
                }
            }
        }
        throw ArtifactException.of("model_objective", "the objective " + words[0] + " needs its sigmoid");
    }
}
