package dev.tranche.batch.market.series;

import dev.tranche.market.hedge.MinimumVariance;
import dev.tranche.market.volatility.DynamicCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two of several series.
///
/// @param one place of the first
/// @param other place of the second
/// @param name of both
/// @param least correlation in the sample
/// @param most correlation in the sample
/// @param next correlation of the step after the last
/// @param live hedge of the first with the second, from the covariance of the step after the last
/// @param still hedge of the first with the second, from the whole sample
record Pair(
        int one,
        int other,
        String name,
        double least,
        double most,
        double next,
        MinimumVariance live,
        MinimumVariance still) {
    /// All pairs, each series with all after it.
    static List<Pair> of(List<Series> series, DynamicCorrelation fit) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            for (int j = i + 1; j < series.size(); j++) {
                pairs.add(of(series, fit, i, j));
            }
        }
        return pairs;
    }

    private static Pair of(List<Series> series, DynamicCorrelation fit, int one, int other) {
        double[] path = fit.correlations(one, other);
        double covariance = fit.nextCovariance(one, other);
        double first = fit.nextCovariance(one, one);
        double second = fit.nextCovariance(other, other);
        return new Pair(
                one,
                other,
                series.get(one).name() + " and " + series.get(other).name(),
                Arrays.stream(path).min().orElseThrow(),
                Arrays.stream(path).max().orElseThrow(),
                covariance / Math.sqrt(first * second),
                MinimumVariance.of(first, second, covariance),
                MinimumVariance.of(series.get(one).values(), series.get(other).values()));
    }

    String text() {
        return name + ": correlation " + Estimates.digits(least) + " to " + Estimates.digits(most) + ", next "
                + Estimates.digits(next) + "; for each unit of the first sell " + Estimates.digits(live.ratio())
                + " of the second now, " + Estimates.digits(still.ratio()) + " by the whole sample, which takes "
                + Estimates.digits(100 * still.reduction()) + " % of its variance away";
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pair", name);
        node.put("least_correlation", least);
        node.put("most_correlation", most);
        node.put("next_correlation", next);
        node.put("next_ratio", live.ratio());
        node.put("sample_ratio", still.ratio());
        node.put("sample_reduction", still.reduction());
        return node;
    }
}
