package dev.tranche.batch.market.backtest;

import dev.tranche.market.statistics.Resampling;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What the data says of a claim: an improvement with its interval, and a verdict.
///
/// @param estimate as found
/// @param low of the 95 % interval
/// @param high of it
/// @param lowest of the interval for as many comparisons as were made (Bonferroni)
/// @param highest of it
/// @param periods that it stands on
/// @param why in words, for what is not testable
record Finding(
        Claim claim,
        double estimate,
        double low,
        double high,
        double lowest,
        double highest,
        int periods,
        Verdict verdict,
        String why) {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

    /// Fewer whole periods decide nothing.
    private static final int LEAST_PERIODS = 15;

    /// With fewer extreme days even losing every one of them is no surprise: 0.5^9 is below a twentieth over 20.
    private static final int LEAST_EXTREMES = 9;

    private static final double LEVEL = 0.05;

    /// What may be said.
    enum Verdict {
        /// Even the low end of the widest interval reaches the claim.
        SUPPORTED("supported"),
        /// Even its high end does not.
        NOT_SUPPORTED("not supported"),
        /// The data leaves both open, or cannot say anything.
        NOT_TESTABLE("not testable here");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// How it is drawn.
    ///
    /// @param block periods that follow each other, in the mean
    /// @param comparisons made all together
    record Draws(int block, int replicates, long seed, int comparisons) {}

    /// Compares two runs over the same periods.
    ///
    /// @param days whether a period is a day: shorter ones decide nothing
    static Finding of(Claim claim, Arm on, Arm off, boolean days, Draws draws) {
        int periods = Math.min(on.periods(), off.periods());
        if (!days) {
            return untested(claim, periods, "no whole day");
        }
        if (periods < LEAST_PERIODS) {
            return untested(claim, periods, "fewer than " + LEAST_PERIODS + " whole periods");
        }
        int[] once = new int[periods];
        Arrays.fill(once, 1);
        double estimate =
                claim == Claim.DRAWDOWN ? Claim.drawdown(on, off, ordered(periods)) : claim.improvement(on, off, once);
        if (on.profits().equals(off.profits()) && on.quoted().equals(off.quoted())) {
            return new Finding(
                    claim, 0, 0, 0, 0, 0, periods, Verdict.NOT_TESTABLE, "it never acted: both desks did the same");
        }
        double[] drawn = claim == Claim.DRAWDOWN
                ? drawdowns(on, off, periods, draws)
                : improvements(claim, on, off, periods, draws);
        double low = quantile(drawn, LEVEL / 2);
        double high = quantile(drawn, 1 - LEVEL / 2);
        double deflated = LEVEL / draws.comparisons();
        double lowest = quantile(drawn, deflated / 2);
        double highest = quantile(drawn, 1 - deflated / 2);
        Verdict verdict = lowest >= claim.least()
                ? Verdict.SUPPORTED
                : highest < claim.least() ? Verdict.NOT_SUPPORTED : Verdict.NOT_TESTABLE;
        String why = verdict == Verdict.NOT_TESTABLE ? "the interval holds the claim" : "";
        if (claim == Claim.EXTREMES && Math.ceil(0.05 * periods) < LEAST_EXTREMES) {
            verdict = Verdict.NOT_TESTABLE;
            why = "too few extreme days";
        }
        return new Finding(claim, estimate, low, high, lowest, highest, periods, verdict, why);
    }

    private static Finding untested(Claim claim, int periods, String why) {
        return new Finding(
                claim, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, periods, Verdict.NOT_TESTABLE, why);
    }

    /// Both desks by the same draws, so that what moved both moves neither against the other.
    private static double[] improvements(Claim claim, Arm on, Arm off, int periods, Draws draws) {
        double[] drawn = new double[draws.replicates()];
        Resampling.stationary(periods, Math.min(draws.block(), periods), draws.replicates(), draws.seed())
                .forEach((replicate, counts) -> drawn[replicate] = claim.improvement(on, off, counts));
        return drawn;
    }

    /// As [Resampling#stationary], with the order of the periods kept: a fall needs one.
    private static double[] drawdowns(Arm on, Arm off, int periods, Draws draws) {
        RandomGenerator chance = CHANCE.create(draws.seed());
        double[] drawn = new double[draws.replicates()];
        int[] order = new int[periods];
        for (int replicate = 0; replicate < drawn.length; replicate++) {
            int at = 0;
            while (at < periods) {
                int start = chance.nextInt(periods);
                int length = 1;
                while (length < periods && chance.nextDouble() >= 1.0 / draws.block()) {
                    length++;
                }
                for (int i = 0; i < length && at < periods; i++) {
                    order[at++] = (start + i) % periods;
                }
            }
            drawn[replicate] = Claim.drawdown(on, off, order);
        }
        return drawn;
    }

    private static int[] ordered(int periods) {
        int[] order = new int[periods];
        for (int i = 0; i < periods; i++) {
            order[i] = i;
        }
        return order;
    }

    /// Of what is defined, between the two nearest (Hyndman and Fan, type 7).
    static double quantile(double[] values, double share) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
