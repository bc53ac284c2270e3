package dev.tranche.batch.market.spread;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Scorer;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadLimits;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.statistics.Resampling;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// What the model and the rules that know less said on one recording, after the last row that the model learnt
/// from; on a recording that ends before it there is nothing.
///
/// @param file the recording
/// @param rows samples that have a target, in order of time
/// @param said by rule, then by row
@SuppressWarnings("ArrayRecordComponent") // made for this record alone
record Answers(SpreadFile file, Learnt learnt, int[] rows, double[] targets, Map<Rule, double[]> said) {
    /// Blocks of the bootstrap, in samples: five horizons.
    private static final int HORIZONS = 5;

    private static final int REPLICATES = 1_000;
    private static final long SEED = 20_261_120;
    private static final double TAIL = 0.025;

    /// Who answers.
    enum Rule {
        MODEL("the model"),
        CONSTANT("the constant"),
        VOLATILITY("multiple of volatility"),
        SEED("the seed's heuristic");

        private final String text;

        Rule(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Answers of(SpreadFile file, Learnt learnt) {
        SpreadTape tape = file.tape();
        double[] all = learnt.target().of(tape, learnt.horizon());
        int[] rows = IntStream.range(0, tape.size())
                .filter(sample -> tape.nanos(sample) > learnt.seenNanos() && !Double.isNaN(all[sample]))
                .toArray();
        double[] targets = Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
        Map<Rule, double[]> said = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            said.put(
                    rule,
                    Arrays.stream(rows).mapToDouble(spread(rule, tape, learnt)).toArray());
        }
        return new Answers(file, learnt, rows, targets, said);
    }

    /// The spread that a rule says at a sample of the tape.
    static IntToDoubleFunction spread(Rule rule, SpreadTape tape, Learnt learnt) {
        return switch (rule) {
            case MODEL -> model(tape, learnt);
            case CONSTANT -> sample -> learnt.constant();
            case VOLATILITY -> sample -> learnt.factor() * tape.feature(sample, SpreadFeature.REALISED_BPS.place());
            case SEED -> sample -> SpreadLimits.SEED.heuristicBps(tape.volatility(sample));
        };
    }

    private static IntToDoubleFunction model(SpreadTape tape, Learnt learnt) {
        int[] places = SpreadSchema.places(learnt.artifact());
        Scorer scorer = learnt.artifact().model().scorer();
        double[] vector = new double[places.length];
        double[] margins = new double[learnt.artifact().model().margins()];
        double[] outputs = new double[1];
        return sample -> {
            for (int i = 0; i < places.length; i++) {
                vector[i] = tape.feature(sample, places[i]);
            }
            scorer.predict(vector, Deadline.NONE, margins, outputs);
            return outputs[0];
        };
    }

    int size() {
        return rows.length;
    }

    double[] of(Rule rule) {
        return Objects.requireNonNull(said.get(rule));
    }

    /// The loss of each row.
    double[] losses(Rule rule) {
        double[] losses = new double[targets.length];
        Arrays.setAll(losses, row -> learnt.loss(targets[row], of(rule)[row]));
        return losses;
    }

    /// For each row 1 where the target is at most the answer, else 0.
    double[] covered(Rule rule) {
        double[] covered = new double[targets.length];
        Arrays.setAll(covered, row -> targets[row] <= of(rule)[row] ? 1 : 0);
        return covered;
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /// 95 % of the means of values in order of time, by a stationary block bootstrap.
    Interval around(double[] values) {
        return scaled(values, 1.0 / values.length);
    }

    /// 95 % of the sums of values in order of time, by a stationary block bootstrap.
    Interval aroundSum(double[] values) {
        return scaled(values, 1);
    }

    private Interval scaled(double[] values, double factor) {
        double[] sums = new double[REPLICATES];
        double block = Math.min(values.length, (double) HORIZONS * learnt.horizon());
        Resampling.stationary(values.length, block, REPLICATES, SEED).forEach((replicate, counts) -> {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += counts[i] * values[i];
            }
            sums[replicate] = sum * factor;
        });
        Arrays.sort(sums);
        int tail = (int) (TAIL * REPLICATES);
        return new Interval(sums[tail], sums[REPLICATES - 1 - tail]);
    }
}
