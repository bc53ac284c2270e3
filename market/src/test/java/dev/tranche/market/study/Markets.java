package dev.tranche.market.study;

import dev.tranche.market.Bar;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.Detector;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/// Bars whose truth is known: a random walk of five-minute bars with flows that know nothing of it, or one
/// that obeys the divergences found in it.
final class Markets {
    static final long START = 1_735_689_600_000L;
    static final long FIVE_MINUTES = 300_000;
    private static final double STEP = 0.0008;
    private static final int STEPS = 4;
    private static final int FOLLOWED = 20;

    private Markets() {}

    /// Nothing to find.
    static List<Bar> noise(int bars, RandomGenerator chance) {
        return obeying(bars, chance, 0);
    }

    /// After each event of the fusion the price drifts the way announced for twenty bars, by `strength` of
    /// its deviation for a score of 100 and by nothing for one of 35.
    static List<Bar> obeying(int bars, RandomGenerator chance, double strength) {
        List<Bar> all = new ArrayList<>(bars);
        List<DivergenceEvent> told = new ArrayList<>();
        Detector detector = Detector.of(Parameters.SEED, EnumSet.allOf(Source.class), told::add);
        BarIndicators indicators = BarIndicators.before(BarIndicators.Settings.USUAL, detector);
        double price = Math.log(50_000);
        double busy = 0;
        double drift = 0;
        int until = 0;
        for (int bar = 0; bar < bars; bar++) {
            double open = price;
            double high = price;
            double low = price;
            for (int i = 0; i < STEPS; i++) {
                price += STEP * chance.nextGaussian() + (bar < until ? drift / STEPS : 0);
                high = Math.max(high, price);
                low = Math.min(low, price);
            }
            busy = 0.9 * busy + 0.3 * chance.nextGaussian();
            double volume = Math.exp(busy);
            Bar made = new Bar(
                    START + bar * FIVE_MINUTES,
                    START + (bar + 1) * FIVE_MINUTES,
                    Math.exp(open),
                    Math.exp(high),
                    Math.exp(low),
                    Math.exp(price),
                    volume,
                    volume * chance.nextDouble(),
                    volume * chance.nextGaussian());
            all.add(made);
            told.clear();
            feed(indicators, made);
            for (DivergenceEvent event : told) {
                if (event.source() == Source.FUSION && event.kind().sign() != 0) {
                    double weight = (event.score().points() - 35) / 65;
                    drift = event.kind().sign() * strength * weight * STEP * Math.sqrt(STEPS);
                    until = bar + 1 + FOLLOWED;
                }
            }
        }
        return all;
    }

    private static void feed(BarIndicators indicators, Bar bar) {
        indicators.bar(
                bar.openMillis(),
                bar.closeMillis(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.takerBuyVolume(),
                bar.orderFlowImbalance());
    }

    static StudyBars study(String symbol, List<Bar> bars) {
        return StudyBars.of(symbol, bars, BarIndicators.Settings.USUAL);
    }

    /// Bars that rise by one each from 100, without indicators; those at `missing` are left out.
    static StudyBars stairs(int bars, Integer... missing) {
        List<Bar> all = new ArrayList<>();
        for (int i = 0; i < bars; i++) {
            if (!List.of(missing).contains(i)) {
                double open = 100 + i;
                all.add(new Bar(
                        START + i * FIVE_MINUTES,
                        START + (i + 1) * FIVE_MINUTES,
                        open,
                        open + 1,
                        open,
                        open + 1,
                        1,
                        0.5,
                        0));
            }
        }
        double[] none = new double[all.size()];
        return StudyBars.of("BTCUSDT", all, none, none, none);
    }
}
