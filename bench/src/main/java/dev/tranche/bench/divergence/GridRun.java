package dev.tranche.bench.divergence;

import dev.tranche.bench.Report;
import dev.tranche.market.Bar;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.GridFindings;
import dev.tranche.market.study.Pass;
import dev.tranche.market.study.Settings;
import dev.tranche.market.study.Study;
import dev.tranche.market.study.StudyBars;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The grid of seed 003: 27 parameter sets × 12 cells = 324 runs, on generated bars of five minutes of
/// two symbols that move together. A parameter set is run once; its cells are filters over what it told.
final class GridRun {
    private static final long BAR_MILLIS = 300_000;
    private static final double BILLION = 1e9;

    private final int bars;
    private final int threads;

    GridRun(int bars, int threads) {
        this.bars = bars;
        this.threads = threads;
    }

    private static List<Parameters> parameters() {
        List<Parameters> sets = new ArrayList<>();
        for (int swing : new int[] {8, 13, 21}) {
            for (double zHi : new double[] {1.2, 1.6, 2.0}) {
                for (double zMid : new double[] {.4, .6, .8}) {
                    sets.add(Parameters.SEED.with(Map.of("swing_L", swing, "z_hi", zHi, "z_mid", zMid)));
                }
            }
        }
        return sets;
    }

    /// Two walks with a common part; the flow of a bar knows its move, and nothing of the next one.
    private List<List<Bar>> generate() {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(20_251_020);
        double[] price = {60_000, 2_500};
        List<List<Bar>> all = List.of(new ArrayList<>(bars), new ArrayList<>(bars));
        long open = 1_704_067_200_000L;
        for (int bar = 0; bar < bars; bar++) {
            double common = chance.nextGaussian();
            double busy = Math.exp(.5 * chance.nextGaussian() + .6 * Math.sin(2 * Math.PI * bar / 288));
            for (int symbol = 0; symbol < 2; symbol++) {
                double move = .8 * common + .6 * chance.nextGaussian();
                double from = price[symbol];
                double to = from * Math.exp(.0012 * move);
                double reach = .0006 * from;
                double volume = 100 * busy * chance.nextDouble(.5, 1.5);
                double share = Math.clamp(.5 + .05 * move + .08 * chance.nextGaussian(), 0, 1);
                double imbalance = volume * (.5 * move + chance.nextGaussian());
                all.get(symbol)
                        .add(new Bar(
                                open,
                                open + BAR_MILLIS,
                                from,
                                Math.max(from, to) + reach * chance.nextDouble(),
                                Math.min(from, to) - reach * chance.nextDouble(),
                                to,
                                volume,
                                share * volume,
                                imbalance));
                price[symbol] = to;
            }
            open += BAR_MILLIS;
        }
        return all;
    }

    /// Measures and prints.
    ///
    /// @return whether cells add up to what was told, and a pass is the same on any thread
    boolean measure(Report report, int rounds) throws InterruptedException, ExecutionException {
        List<List<Bar>> generated = generate();
        List<Parameters> sets = parameters();
        double leastPasses = Double.POSITIVE_INFINITY;
        double leastAll = Double.POSITIVE_INFINITY;
        double leastBars = Double.POSITIVE_INFINITY;
        boolean correct = true;
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            List<StudyBars> studied = List.of(
                    StudyBars.of("BTCUSDT", generated.get(0), BarIndicators.Settings.USUAL),
                    StudyBars.of("ETHUSDT", generated.get(1), BarIndicators.Settings.USUAL));
            Study study = Study.on(studied, Settings.STANDARD);
            long indicated = System.nanoTime();
            List<Pass> passes = passes(study, sets);
            long passed = System.nanoTime();
            List<Cell> cells = Cell.grid(study.sources());
            List<GridFindings> findings = new ArrayList<>();
            for (int horizon : study.settings().horizons()) {
                findings.add(study.across(passes, cells, horizon));
            }
            long ended = System.nanoTime();
            leastBars = Math.min(leastBars, (indicated - begun) / BILLION);
            leastPasses = Math.min(leastPasses, (passed - indicated) / BILLION);
            leastAll = Math.min(leastAll, (ended - begun) / BILLION);
            if (round == 0) {
                correct = correct(report, study, passes, findings);
            }
        }
        String what = sets.size() + " sets × 12 cells";
        report.number(what, "2 × " + bars + " bars, their scores", leastBars, "s");
        report.number(what, sets.size() + " passes on " + threads + " threads", leastPasses, "s");
        report.number(what, "all, judged at both horizons", leastAll, "s");
        report.number(what, "a bar of a pass", leastPasses * threads * 1e9 / (2.0 * bars * sets.size()), "ns");
        return correct;
    }

    private List<Pass> passes(Study study, List<Parameters> sets) throws InterruptedException, ExecutionException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Pass>> running = new ArrayList<>();
            for (Parameters set : sets) {
                running.add(workers.submit(() -> study.pass(set)));
            }
            List<Pass> passes = new ArrayList<>();
            for (Future<Pass> pass : running) {
                passes.add(pass.get());
            }
            return passes;
        }
    }

    private boolean correct(Report report, Study study, List<Pass> passes, List<GridFindings> findings) {
        Pass again = study.pass(passes.getFirst().parameters());
        boolean same = again.rows().equals(passes.getFirst().rows());
        long told = 0;
        long held = 0;
        long early = 0;
        List<Cell> cells = Cell.grid(study.sources());
        for (Pass pass : passes) {
            for (Pass.Row row : pass.rows()) {
                told++;
                early += row.liquidity().isEmpty() ? 1 : 0;
                held += cells.stream()
                        .filter(cell -> cell.holds(row.source(), row.session(), row.liquidity()))
                        .count();
            }
        }
        long trials = (long) passes.size() * cells.size();
        boolean counted = findings.stream().allMatch(finding -> finding.trials() == trials);
        boolean correct = same && counted && told > 0 && told == held + early;
        report.correct(
                correct,
                trials + " runs: " + told + " divergences, each in one cell but " + early
                        + " too early to judge liquidity; a pass made again on another thread is "
                        + (same ? "the same" : "NOT the same"));
        return correct;
    }
}
