package dev.tranche.bench.market;

import dev.tranche.bench.Report;
import dev.tranche.market.pricing.Black76;
import dev.tranche.market.pricing.ChainGreeks;
import dev.tranche.market.pricing.Greeks;
import dev.tranche.market.pricing.OptionType;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Price, delta, gamma, vega, theta, vanna and volga of 1,500 options after every forward and volatility
/// moved: the chain over arrays, and the formula called for each option.
final class GreeksSection implements Section {
    private static final int OPTIONS = 1500;
    private static final int REPEATS = 50;
    private static final int WARM = 20;
    private static final double AGREED = 1e-11;

    private final OptionType[] types = new OptionType[OPTIONS];
    private final double[] strikes = new double[OPTIONS];
    private final double[] years = new double[OPTIONS];
    private final double[] forwards = new double[OPTIONS];
    private final double[] volatilities = new double[OPTIONS];
    private double used;

    @Override
    public String name() {
        return "greeks";
    }

    @Override
    public boolean run(Report report, int rounds) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        ChainGreeks chain = ChainGreeks.of(OPTIONS);
        for (int i = 0; i < OPTIONS; i++) {
            types[i] = i % 2 == 0 ? OptionType.CALL : OptionType.PUT;
            forwards[i] = 90_000 + 200 * random.nextDouble();
            strikes[i] = 1000 * random.nextInt(20, 250);
            years[i] = random.nextDouble(0.002, 1);
            volatilities[i] = random.nextDouble(0.3, 1.2);
            chain.option(i, types[i], strikes[i]);
            chain.years(i, years[i]);
        }
        boolean correct = correct(report, chain);
        for (int i = 0; i < WARM; i++) {
            Timed.nanos(REPEATS, () -> whole(chain));
            Timed.nanos(REPEATS, this::each);
        }
        double[] arrays = new double[rounds];
        double[] calls = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            arrays[i] = Timed.nanos(REPEATS, () -> whole(chain)) / 1e3;
            calls[i] = Timed.nanos(REPEATS, this::each) / 1e3;
        }
        report.number("greeks of 1,500 options", "tranche, chain over arrays", Timed.median(arrays), "µs");
        report.number("greeks of 1,500 options", "tranche, option by option", Timed.median(calls), "µs");
        report.number(
                "greeks of 1,500 options",
                "tranche, chain over arrays",
                Timed.bytes(100, () -> whole(chain)) / 100.0,
                "bytes");
        report.remark("Processor time of the thread; inside: writing 1,500 forwards and volatilities, seven numbers of"
                + " each option. Aim: below 1,000 µs. (" + (used == 0 ? "nothing" : "all") + " read)");
        return correct;
    }

    private void whole(ChainGreeks chain) {
        for (int i = 0; i < OPTIONS; i++) {
            chain.market(i, forwards[i], volatilities[i]);
        }
        chain.compute();
        used += chain.delta(OPTIONS / 2);
    }

    private void each() {
        for (int i = 0; i < OPTIONS; i++) {
            Greeks greeks = Black76.greeks(types[i], forwards[i], strikes[i], years[i], volatilities[i]);
            used += greeks.delta() + greeks.volga();
        }
    }

    private boolean correct(Report report, ChainGreeks chain) {
        whole(chain);
        double worst = 0;
        for (int i = 0; i < OPTIONS; i++) {
            Greeks greeks = Black76.greeks(types[i], forwards[i], strikes[i], years[i], volatilities[i]);
            double f = forwards[i];
            worst = Math.max(worst, off(chain.price(i), greeks.price(), f));
            worst = Math.max(worst, off(chain.delta(i), greeks.delta(), 1));
            worst = Math.max(worst, off(chain.gamma(i), greeks.gamma(), 1 / f));
            worst = Math.max(worst, off(chain.vega(i), greeks.vega(), f));
            worst = Math.max(worst, off(chain.theta(i), greeks.theta(), f));
            worst = Math.max(worst, off(chain.vanna(i), greeks.vanna(), 1));
            worst = Math.max(worst, off(chain.volga(i), greeks.volga(), f));
        }
        boolean correct = worst < AGREED;
        report.correct(
                correct,
                String.format(
                        Locale.ROOT,
                        "1,500 options, seven numbers each: chain and formula differ by at most %.1e of their scale",
                        worst));
        return correct;
    }

    private static double off(double one, double other, double scale) {
        return Math.abs(one - other) / Math.max(Math.abs(other), scale);
    }
}
