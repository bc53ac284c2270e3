package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VolatilityEstimatorTest {
    private static double[] truth(VolatilityForm form) {
        return switch (form) {
            case GARCH -> new double[] {0.05, 0.1, 0.1, 0.8};
            case GJR -> new double[] {0.05, 0.1, 0.05, 0.8, 0.1};
            case EGARCH -> new double[] {0.05, 0.02, -0.1, 0.95, 0.2};
        };
    }

    private static double[] simulated(VolatilityForm form, int size, long seed) {
        Random random = new Random(seed);
        double[] p = truth(form);
        double[] returns = new double[size];
        double h = form == VolatilityForm.EGARCH ? Math.exp(p[1] / (1 - p[3])) : p[1] / (1 - form.persistence(p));
        for (int t = 0; t < size; t++) {
            double z = random.nextGaussian();
            double e = z * Math.sqrt(h);
            returns[t] = p[0] + e;
            h = switch (form) {
                case GARCH -> p[1] + p[2] * e * e + p[3] * h;
                case GJR -> p[1] + (p[2] + (e < 0 ? p[4] : 0)) * e * e + p[3] * h;
                case EGARCH ->
                    Math.exp(p[1] + p[2] * z + p[4] * (Math.abs(z) - Math.sqrt(2 / Math.PI)) + p[3] * Math.log(h));
            };
        }
        return returns;
    }

    @ParameterizedTest
    @EnumSource(VolatilityForm.class)
    void whatASeriesWasMadeWithComesBackWithinFourStandardErrors(VolatilityForm form) {
        VolatilityFit fit = VolatilityEstimator.fit(form, simulated(form, 6000, 11));

        double[] truth = truth(form);
        for (int i = 0; i < truth.length; i++) {
            assertThat(fit.parameters().get(i))
                    .as(form.parameters().get(i))
                    .isCloseTo(truth[i], within(4 * fit.errors().hessian().get(i)));
        }
        // With normal innovations the three kinds of errors mean the same.
        for (int i = 0; i < truth.length; i++) {
            double hessian = fit.errors().hessian().get(i);
            assertThat(fit.errors().outerProduct().get(i)).isCloseTo(hessian, within(0.25 * hessian));
            assertThat(fit.errors().robust().get(i)).isCloseTo(hessian, within(0.25 * hessian));
        }
    }

    @ParameterizedTest
    @EnumSource(VolatilityForm.class)
    void theGradientIsTheSlopeOfTheLikelihood(VolatilityForm form) {
        VariancePath path = new VariancePath(form, simulated(form, 300, 12));
        double[] theta = truth(form);
        path.at(theta);
        double[] gradient = path.gradient().clone();
        for (int i = 0; i < theta.length; i++) {
            double step = 1e-6 * Math.max(0.1, Math.abs(theta[i]));
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += step;
            down[i] -= step;
            double slope = (path.at(up) - path.at(down)) / (up[i] - down[i]);
            assertThat(gradient[i]).as(form.parameters().get(i)).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
        }
    }

    @Test
    void theUnitOfTheReturnsOnlyScalesTheAnswer() {
        double[] returns = simulated(VolatilityForm.GARCH, 2000, 13);
        VolatilityFit percent = VolatilityEstimator.fit(VolatilityForm.GARCH, returns);
        VolatilityFit fraction = VolatilityEstimator.fit(
                VolatilityForm.GARCH, Arrays.stream(returns).map(r -> r / 100).toArray());

        assertThat(fraction.parameter("alpha")).isCloseTo(percent.parameter("alpha"), within(1e-6));
        assertThat(fraction.parameter("beta")).isCloseTo(percent.parameter("beta"), within(1e-6));
        assertThat(fraction.parameter("omega") * 1e4).isCloseTo(percent.parameter("omega"), within(1e-6));
        assertThat(fraction.next() * 1e4).isCloseTo(percent.next(), within(1e-6 * percent.next()));
    }

    @Test
    void aFitCarriesItsInnovationsAndTheVarianceOfTheNextReturn() {
        double[] returns = simulated(VolatilityForm.GARCH, 400, 14);
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.GARCH, returns);

        double last = returns[399] - fit.parameter("mu");
        assertThat(fit.next())
                .isCloseTo(
                        fit.parameter("omega")
                                + fit.parameter("alpha") * last * last
                                + fit.parameter("beta") * fit.variances().getLast(),
                        within(1e-12));
        assertThat(Arrays.stream(fit.innovations(returns))
                        .map(z -> z * z)
                        .average()
                        .orElseThrow())
                .isCloseTo(1, within(0.02));
        assertThat(fit.persistence()).isLessThan(1);
    }

    @Test
    void badSeriesAreRefusedWithWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolatilityEstimator.fit(VolatilityForm.GARCH, new double[10]))
                .withMessage("an estimate needs at least 50 returns: 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolatilityEstimator.fit(VolatilityForm.GARCH, new double[100]))
                .withMessage("returns must not all be equal: 0.0");
        double[] holed = simulated(VolatilityForm.GARCH, 100, 1);
        holed[7] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolatilityEstimator.fit(VolatilityForm.GARCH, holed))
                .withMessage("return 7 must be a finite number: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolatilityEstimator.fit(VolatilityForm.GARCH, simulated(VolatilityForm.GARCH, 100, 1))
                        .parameter("gamma"))
                .withMessageContaining("[mu, omega, alpha, beta]");
    }
}
