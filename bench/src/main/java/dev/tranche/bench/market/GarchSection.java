package dev.tranche.bench.market;

import dev.tranche.bench.Report;
import dev.tranche.market.volatility.VolatilityEstimator;
import dev.tranche.market.volatility.VolatilityFit;
import dev.tranche.market.volatility.VolatilityForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A GARCH(1,1) by maximum likelihood with three kinds of errors: 2,000 points of a process made up, and the
/// 1,974 of the German mark against the pound where the shared data are; beside R's fGarch in the same run.
final class GarchSection implements Section {
    private static final int POINTS = 2000;
    private static final int WARM = 10;
    private static final int REPEATS = 3;
    /// What optimisers of one likelihood may differ by and still have found one maximum.
    private static final double AGREED = 1e-3;

    private static final double BENCHMARK = -1106.6079;

    @Override
    public String name() {
        return "garch";
    }

    @Override
    public boolean run(Report report, int rounds) throws IOException, InterruptedException {
        boolean correct = measure(report, rounds, "2,000 points made up", madeUp(), Optional.empty());
        Path marks = Path.of(
                        System.getProperty("tranche.shared", System.getProperty("tranche.root", ".") + "/../shared"))
                .resolve("data/series/fGarch_dem2gbp.csv");
        if (Files.exists(marks)) {
            correct &= measure(report, rounds, "DEM/GBP, 1,974 points", read(marks), Optional.of(BENCHMARK));
        } else {
            report.remark("DEM/GBP was left out: " + marks.getFileName() + " of the shared data is not there");
        }
        return correct;
    }

    private static boolean measure(Report report, int rounds, String what, double[] returns, Optional<Double> published)
            throws IOException, InterruptedException {
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.GARCH, returns);
        FGarch.Answer theirs = FGarch.fit(returns, rounds);
        boolean correct = published.isEmpty() || Math.abs(fit.logLikelihood() - published.get()) < AGREED;
        String detail = String.format(
                Locale.ROOT,
                "%s: log-likelihood %.4f, alpha %.6f, beta %.6f",
                what,
                fit.logLikelihood(),
                fit.parameter("alpha"),
                fit.parameter("beta"));
        switch (theirs) {
            case FGarch.Answer.Fitted fitted -> {
                correct &= Math.abs(fit.logLikelihood() - fitted.logLikelihood()) < AGREED;
                detail += String.format(Locale.ROOT, "; fGarch's log-likelihood %.4f", fitted.logLikelihood());
            }
            case FGarch.Answer.Absent absent -> detail += "; fGarch was not asked";
        }
        report.correct(
                correct, detail + published.map(each -> ", published " + each).orElse(""));
        Timed.nanos(WARM, () -> VolatilityEstimator.fit(VolatilityForm.GARCH, returns));
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            millis[i] = Timed.nanos(REPEATS, () -> VolatilityEstimator.fit(VolatilityForm.GARCH, returns)) / 1e6;
        }
        report.number("garch, " + what, "tranche", Timed.median(millis), "ms");
        switch (theirs) {
            case FGarch.Answer.Fitted fitted ->
                report.number("garch, " + what, "fGarch " + fitted.version(), fitted.millis(), "ms");
            case FGarch.Answer.Absent absent -> report.remark("fGarch was left out: " + absent.why());
        }
        report.remark("Processor time of one fit with its errors, warm, median of " + rounds + ". Aim: below 20 ms.");
        return correct;
    }

    private static double[] madeUp() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(6);
        double[] returns = new double[POINTS];
        double h = 1;
        for (int i = 0; i < POINTS; i++) {
            returns[i] = Math.sqrt(h) * random.nextGaussian();
            h = 0.05 + 0.1 * returns[i] * returns[i] + 0.85 * h;
        }
        return returns;
    }

    private static double[] read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
