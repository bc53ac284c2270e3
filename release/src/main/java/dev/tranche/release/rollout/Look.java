package dev.tranche.release.rollout;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.release.Verdict;
import java.util.SortedMap;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/// One look at a trailing window: does the relation hold just now? A pass says yes and a fail no, by the
/// plain level; duration, not an interval, is what guards and sustained gates rest on. Nothing measured, or
/// too little to estimate a quantile from, is *wait*.
final class Look {
    /// A proportion counts as beyond its limit only if chance explains it with at most this probability.
    private static final double CHANCE = 0.05;

    private Look() {}

    /// @param reading fresh
    static Verdict at(Metric metric, Relation relation, Quantity limit, Reading reading) {
        switch (reading) {
            case Reading.Unavailable(String reason) -> {
                return Judging.broken(metric, reason);
            }
            case Reading.State state -> {
                return Judging.unfit(metric, state);
            }
            case Reading.Quantile quantile -> {
                long least = (long) Math.ceil(1 / (1 - Bounds.rank(metric)));
                if (quantile.n() < least) {
                    return new Verdict.Wait(
                            metric + ": " + quantile.n() + " values in the window, needs " + least
                                    + "; look over longer",
                            Judging.numbers("n", quantile.n(), "limit", least));
                }
            }
            case Reading.Proportion _, Reading.Sample _, Reading.Gauge _, Reading.Count _, Reading.Calibration _ -> {}
        }
        if (reading.level().isEmpty()) {
            return Judging.nothing(metric);
        }
        double level = reading.level().getAsDouble();
        SortedMap<String, Double> numbers = Judging.numbers("estimate", level, "limit", limit.of(metric));
        String text = metric + " is " + Judging.show(metric, level);
        if (reading instanceof Reading.Proportion p) {
            numbers.put("n", (double) p.of());
            text += " (" + p.hits() + " of " + p.of() + ")";
        }
        return relation.holds(level, limit.of(metric))
                ? new Verdict.Pass(text, numbers)
                : new Verdict.Fail(text + ", not " + relation + " " + limit, numbers);
    }

    /// Whether so many of so many are more (for `>`; fewer for `<`) than chance explains at the limit, by the
    /// exact binomial tail. This is what keeps a single error in a quiet hour from rolling back.
    static boolean beyondChance(Reading.Proportion reading, Relation relation, double limit) {
        if (reading.of() == 0 || limit < 0 || limit > 1) {
            return false;
        }
        int of = (int) Math.min(reading.of(), Integer.MAX_VALUE);
        int hits = (int) Math.min(reading.hits(), of);
        BinomialDistribution law = new BinomialDistribution(of, limit);
        double tail = relation.upper() ? law.cumulativeProbability(hits) : 1 - law.cumulativeProbability(hits - 1);
        return tail <= CHANCE;
    }
}
