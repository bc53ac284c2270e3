package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.link.DoubleLink;
import java.util.Map;

/// The link of a CatBoost model, by the loss function it was trained with: what `predict_proba` of a
/// classifier and `predict` of a regressor answer (`_get_default_prediction_type` in
/// `python-package/catboost/core.py`).
final class CatboostLoss {
    private CatboostLoss() {}

    /// The link of the loss that `model_info` records.
    static DoubleLink link(Json.Struct info) {
        return switch (name(info)) {
            case "Logloss", "CrossEntropy", "MultiLogloss", "MultiCrossEntropy", "MultiClassOneVsAll" ->
                new DoubleLink.Sigmoid(1);
            case "MultiClass" -> new DoubleLink.Softmax();
            case "Poisson", "Tweedie" -> new DoubleLink.Exp();
            case "RMSE",
                    "MAE",
                    "MAPE",
                    "Quantile",
                    "MultiQuantile",
                    "Huber",
                    "Expectile",
                    "Lq",
                    "LogCosh",
                    "MultiRMSE",
                    "MultiRMSEWithMissingValues",
                    "QueryRMSE",
                    "QuerySoftMax",
                    "PairLogit",
                    "PairLogitPairwise",
                    "YetiRank",
                    "YetiRankPairwise",
                    "StochasticRank",
                    "LambdaMart" -> new DoubleLink.Identity();
            case String other ->
                throw ArtifactException.of(
                        "model_objective", "the loss function \"" + other + "\" is not known, so neither is its link");
        };
    }

    private static String name(Json.Struct info) {
        Json at = info;
        for (String key : new String[] {"params", "loss_function", "type"}) {
            at = at instanceof Json.Struct(Map<String, Json> members) && members.containsKey(key)
                    ? members.get(key)
                    : new Json.Null();
        }
        if (at instanceof Json.Text(String name)) {
            return name;
        }
        throw ArtifactException.of(
                "model_objective",
                "model_info.params.loss_function.type must name the loss function, by which margins become answers");
    }
}
