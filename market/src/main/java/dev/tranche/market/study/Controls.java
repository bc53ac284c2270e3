package dev.tranche.market.study;

import dev.tranche.market.Bar;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Markets without a divergence in them.
final class Controls {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

    /// Bars of all walks together, at least: enough for every cell of the grid.
    private static final int BARS = 100_000;
    /// Steps of a walk within a bar, which make its high and low.
    private static final int STEPS = 6;
    /// How much of the flow of a bar is that of the bar before.
    private static final double MEMORY = 0.5;
    private static final double VOLUME_MEMORY = 0.95;
    private static final double FIRST_PRICE = 100;
    /// Used where the prices given do not move at all.
    private static final double QUIET = 1e-4;

    /// Bars of a block that changes places, in half-widths of a pivot: longer than a pair of pivots.
    private static final int HALF_WIDTHS = 10;
    /// Blocks there should be at least.
    private static final int BLOCKS = 10;

    private Controls() {}

    /// For each symbol a driftless random walk of the logarithm of the price with the deviation of its
    /// bars, and flows that know nothing of it, put through the same indicators. A source that the symbol
    /// lacks is lacking here.
    static List<StudyBars> walks(List<StudyBars> bars, long seed) {
        RandomGenerator chance = CHANCE.create(seed);
        List<StudyBars> walks = new ArrayList<>();
        for (StudyBars one : bars) {
            int size = Math.max(one.size(), BARS / bars.size());
            walks.add(StudyBars.of(one.symbol(), walk(one, size, chance), BarIndicators.Settings.USUAL));
        }
        return walks;
    }

    private static List<Bar> walk(StudyBars like, int size, RandomGenerator chance) {
        Set<Source> sources = like.sources();
        boolean both = sources.contains(Source.FUSION) || sources.isEmpty();
        double step = deviation(like) / Math.sqrt(STEPS);
        List<Bar> bars = new ArrayList<>(size);
        double price = Math.log(FIRST_PRICE);
        double busy = 0;
        double imbalance = 0;
        double buying = 0;
        long time = like.openMillis(0);
        for (int bar = 0; bar < size; bar++) {
            double open = price;
            double high = price;
            double low = price;
            for (int i = 0; i < STEPS; i++) {
                price += step * chance.nextGaussian();
                high = Math.max(high, price);
                low = Math.min(low, price);
            }
            busy = VOLUME_MEMORY * busy + Math.sqrt(1 - VOLUME_MEMORY * VOLUME_MEMORY) * chance.nextGaussian();
            imbalance = MEMORY * imbalance + chance.nextGaussian();
            buying = MEMORY * buying + chance.nextGaussian();
            double volume = Math.exp(busy);
            bars.add(new Bar(
                    time,
                    time + like.interval(),
                    Math.exp(open),
                    Math.exp(high),
                    Math.exp(low),
                    Math.exp(price),
                    volume,
                    both || sources.contains(Source.CVD) ? volume * (1 + Math.tanh(buying)) / 2 : Double.NaN,
                    both || sources.contains(Source.OFI) ? volume * imbalance : Double.NaN));
            time += like.interval();
        }
        return bars;
    }

    /// Of the logarithm of the close, from bar to bar.
    private static double deviation(StudyBars bars) {
        double squares = 0;
        int steps = 0;
        for (int bar = 1; bar < bars.size(); bar++) {
            if (!bars.startsRun(bar)) {
                double step = Math.log(bars.close(bar) / bars.close(bar - 1));
                squares += step * step;
                steps++;
            }
        }
        return squares > 0 ? Math.sqrt(squares / steps) : QUIET;
    }

    /// The real prices; the real indicators cut into blocks, each of which stands where another stood. All
    /// sources of a symbol move together.
    static List<StudyBars> shuffled(List<StudyBars> bars, Parameters parameters, int longestHorizon, long seed) {
        RandomGenerator chance = CHANCE.create(seed ^ BARS);
        List<StudyBars> shuffled = new ArrayList<>();
        for (StudyBars one : bars) {
            int wanted = HALF_WIDTHS * Math.max(parameters.swingL(), longestHorizon);
            int block = Math.clamp(one.size() / BLOCKS, 1, wanted);
            int[] from = places(one.size(), block, chance);
            shuffled.add(one.withIndicators(
                    moved(one, Source.OFI, from), moved(one, Source.CVD, from), moved(one, Source.FUSION, from)));
        }
        return shuffled;
    }

    /// Which bar's indicators each bar gets. Blocks change places along one cycle (S. Sattolo, Information
    /// Processing Letters 22, 1986), so that none stays.
    private static int[] places(int size, int block, RandomGenerator chance) {
        int blocks = Math.ceilDiv(size, block);
        int[] order = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            order[i] = i;
        }
        for (int i = blocks - 1; i > 0; i--) {
            int other = chance.nextInt(i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        int[] from = new int[size];
        int next = 0;
        for (int one : order) {
            for (int bar = one * block; bar < Math.min(size, (one + 1) * block); bar++) {
                from[next++] = bar;
            }
        }
        return from;
    }

    private static double[] moved(StudyBars bars, Source source, int[] from) {
        double[] moved = new double[from.length];
        for (int bar = 0; bar < from.length; bar++) {
            moved[bar] = bars.z(source, from[bar]);
        }
        return moved;
    }
}
