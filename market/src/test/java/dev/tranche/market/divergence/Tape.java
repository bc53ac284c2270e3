package dev.tranche.market.divergence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Bars with the z-scores of three sources, for tests.
final class Tape {
    private final long[] millis;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[][] z;

    Tape(long[] millis, double[] high, double[] low, double[] close, double[][] z) {
        this.millis = millis;
        this.high = high;
        this.low = low;
        this.close = close;
        this.z = z;
    }

    long[] millis() {
        return millis;
    }

    double[] high() {
        return high;
    }

    double[] low() {
        return low;
    }

    double[] close() {
        return close;
    }

    /// By source, then by bar.
    double[][] z() {
        return z;
    }

    /// A walk on whole prices, so that equal extremes are common, and z-scores of 1/64ths, so that sums
    /// are exact. With chance 1 in 2 some stretches of z-scores are missing.
    static Tape random(RandomGenerator chance, int bars) {
        Tape tape = new Tape(new long[bars], new double[bars], new double[bars], new double[bars], new double[3][bars]);
        long time = 1_700_000_000_000L;
        double price = 10_000;
        boolean holes = chance.nextBoolean();
        int[] silentUntil = new int[3];
        for (int bar = 0; bar < bars; bar++) {
            time += 1000L * chance.nextInt(1, 5);
            double next = price + chance.nextInt(-3, 4);
            tape.millis[bar] = time;
            tape.high[bar] = Math.max(price, next) + chance.nextInt(3);
            tape.low[bar] = Math.min(price, next) - chance.nextInt(3);
            tape.close[bar] = next;
            price = next;
            for (int source = 0; source < 3; source++) {
                if (holes && chance.nextInt(80) == 0) {
                    silentUntil[source] = bar + chance.nextInt(1, 10);
                }
                double z = Math.rint(64 * Math.clamp(chance.nextGaussian(), -5, 5)) / 64;
                tape.z[source][bar] = bar < silentUntil[source] ? Double.NaN : z;
            }
        }
        return tape;
    }

    static Parameters parameters(RandomGenerator chance) {
        int swing = chance.nextInt(1, 7);
        double zMid = chance.nextInt(0, 8) / 10.0;
        return new Parameters(
                swing,
                zMid + chance.nextInt(1, 15) / 10.0,
                zMid,
                chance.nextInt(1, 15),
                chance.nextInt(4) * 10_000L,
                chance.nextInt(30),
                chance.nextInt(swing / 2 + 1),
                chance.nextInt(60),
                new Weights(chance.nextDouble(), chance.nextDouble(.01, 1), chance.nextDouble(), chance.nextDouble()));
    }

    int bars() {
        return millis.length;
    }

    void feed(Detector detector, int bar) {
        detector.on(millis[bar], high[bar], low[bar], close[bar], z[0][bar], z[1][bar], z[2][bar]);
    }

    /// What a new detector tells of the whole tape.
    List<DivergenceEvent> events(Parameters parameters, Source... sources) {
        List<DivergenceEvent> events = new ArrayList<>();
        Detector detector = Detector.of(parameters, java.util.Set.of(sources), events::add);
        for (int bar = 0; bar < bars(); bar++) {
            feed(detector, bar);
        }
        return events;
    }

    Tape first(int bars) {
        double[][] shorter =
                Arrays.stream(z).map(line -> Arrays.copyOf(line, bars)).toArray(double[][]::new);
        return new Tape(
                Arrays.copyOf(millis, bars),
                Arrays.copyOf(high, bars),
                Arrays.copyOf(low, bars),
                Arrays.copyOf(close, bars),
                shorter);
    }

    /// The same with every price changed by a rising function.
    Tape prices(DoubleUnaryOperator rising) {
        return new Tape(
                millis,
                Arrays.stream(high).map(rising).toArray(),
                Arrays.stream(low).map(rising).toArray(),
                Arrays.stream(close).map(rising).toArray(),
                z);
    }

    /// The market seen in a mirror: what rose falls, who bought sells.
    Tape mirrored() {
        DoubleUnaryOperator turned = value -> -value;
        return new Tape(
                millis,
                Arrays.stream(low).map(turned).toArray(),
                Arrays.stream(high).map(turned).toArray(),
                Arrays.stream(close).map(turned).toArray(),
                Arrays.stream(z)
                        .map(line -> Arrays.stream(line).map(turned).toArray())
                        .toArray(double[][]::new));
    }
}
