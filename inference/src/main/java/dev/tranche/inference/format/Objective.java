package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.link.FloatLink;
import dev.tranche.inference.link.FloatMath;

/// An XGBoost objective as far as a prediction needs it: its link, and the way of `base_score` into the
/// margin.
///
/// Source: `ProbToMargin` and `PredTransform` in `src/objective/*` of the versions named at each.
///
/// @param link from margins to outputs
/// @param base the inverse of the link, as far as `base_score` is written after the link
record Objective(FloatLink link, Start base) {
    /// How `base_score` becomes a margin.
    enum Start {
        /// It is one.
        MARGIN,
        /// `-ln(1/p - 1)`.
        LOGIT,
        /// `ln(v)`.
        LOG,
        /// Of several rising scores the first, then of each its distance to the one before as softplus would
        /// make it.
        GAPS;

        private static final float LEAST_GAP = 1e-6f; // kRtEps, include/xgboost/base.h

        /// The margins of the scores of all groups.
        float[] margins(float[] scores) {
            float[] margins = new float[scores.length];
            for (int group = 0; group < scores.length; group++) {
                margins[group] = this == GAPS && group > 0
                        ? unsoftplus(scores[group] - scores[group - 1] - LEAST_GAP)
                        : margin(scores[group]);
            }
            return margins;
        }

        /// `SoftPlusInv` in `src/common/math.h`.
        private static float unsoftplus(float gap) {
            float x = Math.max(gap, LEAST_GAP);
            return x + FloatMath.log((float) -StrictMath.expm1(-x));
        }

        float margin(float score) {
            return switch (this) {
                case MARGIN, GAPS -> score;
                case LOGIT -> -FloatMath.log(1f / score - 1f);
                case LOG -> FloatMath.log(score);
            };
        }
    }

    /// The objective of this name as the version that wrote the file means it.
    ///
    /// @param alphas how many quantiles or expectiles are predicted; 0 for other objectives
    static Objective of(String name, XgboostVersion version, int alphas) {
        return switch (name) {
            case "binary:logistic", "reg:logistic" -> new Objective(FloatLink.SIGMOID, Start.LOGIT);
            // Until 1.7 the base score of raw logits was written as a probability.
            case "binary:logitraw" ->
                new Objective(FloatLink.IDENTITY, version.before(2, 0) ? Start.LOGIT : Start.MARGIN);
            case "binary:hinge" -> new Objective(FloatLink.HINGE, Start.MARGIN);
            case "multi:softprob" -> new Objective(FloatLink.SOFTMAX, Start.MARGIN);
            case "multi:softmax" -> new Objective(FloatLink.LARGEST_CLASS, Start.MARGIN);
            case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" ->
                new Objective(FloatLink.EXP, Start.LOG);
            // Since 3.4 the quantiles of a row are put in order.
            case "reg:quantileerror" ->
                new Objective(version.before(3, 4) ? FloatLink.IDENTITY : FloatLink.SORTED, Start.MARGIN);
            case "reg:expectileerror" ->
                alphas > 1
                        ? new Objective(FloatLink.RISING, Start.GAPS)
                        : new Objective(FloatLink.IDENTITY, Start.MARGIN);
            case "reg:squarederror",
                    "reg:linear",
                    "reg:squaredlogerror",
                    "reg:absoluteerror",
                    "reg:pseudohubererror",
                    "rank:pairwise",
                    "rank:ndcg",
                    "rank:map" -> new Objective(FloatLink.IDENTITY, Start.MARGIN);
            default ->
                throw ArtifactException.of(
                        "model_objective", "the objective \"" + name + "\" is not known, so neither is its link");
        };
    }
}
