package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The benchmark of G. Fiorentini, G. Calzolari and L. Panattoni (Journal of Applied Econometrics 11, 1996),
/// as C. Brooks, S. Burke and G. Persand put it (International Journal of Forecasting 17, 2001): 1974 daily
/// returns of the German mark against the pound of T. Bollerslev and E. Ghysels. The EGARCH numbers are those
/// that rugarch records for the same data.
class VolatilityEstimatorParityTest {
    private static double[] marks() throws IOException {
        Path file = Path.of(System.getProperty("tranche.shared"), "data/series/fGarch_dem2gbp.csv");
        assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return Files.readAllLines(file).stream()
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void garchReproducesTheBenchmarkToItsPrintedDigits() throws IOException {
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.GARCH, marks());

        digits(fit.parameters(), List.of(-.00619041, .0107613, .153134, .805974), 5);
        digits(fit.errors().hessian(), List.of(.00846212, .00285271, .0265228, .0335527), 4);
        digits(fit.errors().outerProduct(), List.of(.00843359, .00132298, .0139737, .0165604), 4);
        digits(fit.errors().robust(), List.of(.00918935, .00649319, .0535317, .0724614), 4);
        assertThat(fit.logLikelihood()).isCloseTo(-1106.608, within(5e-4));
    }

    @Test
    void egarchComesWithinAFiftiethOfAStandardErrorOfRugarchWhoseFirstVarianceIsAnother() throws IOException {
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.EGARCH, marks());

        List<Double> theirs = List.of(-.01167873, -.12633934, -.03845788, .91265374, .33305593);
        for (int i = 0; i < theirs.size(); i++) {
            assertThat(fit.parameters().get(i))
                    .isCloseTo(
                            theirs.get(i), within(0.02 * fit.errors().hessian().get(i)));
        }
    }

    /// Equal to so many significant digits: off by at most half of the last, and half of the last printed.
    private static void digits(List<Double> found, List<Double> printed, int digits) {
        for (int i = 0; i < printed.size(); i++) {
            double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(printed.get(i)))) - digits + 1);
            assertThat(found.get(i)).as("number %s of %s", i, found).isCloseTo(printed.get(i), within(0.6 * unit));
        }
    }
}
