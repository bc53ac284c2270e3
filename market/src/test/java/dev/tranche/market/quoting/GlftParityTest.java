package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The closed form against the solution that it approximates: theorem 1 of Guéant, Lehalle and
/// Fernandez-Tapia (2013) gives the quotes by `v' = M v`, `M` tridiagonal with `alpha q^2` and `-eta`; far
/// from the end they follow from the eigenvector of its least eigenvalue (theorem 2): `bid distance(q) = ln(1
/// + gamma / k) / gamma + ln(f(q) / f(q + 1)) / k`. The paper's own numbers: sigma = 0.3, A = 0.9, k = 0.3,
/// gamma = 0.01, Q = 30.
class GlftParityTest {
    private static final int MOST = 30;

    /// Bid distances for inventories -MOST..MOST-1 by integrating `v' = -M v` long enough.
    private static double[] distances(double gamma, double sigma, double a, double k) {
        double alpha = 0.5 * k * gamma * sigma * sigma;
        double eta = a * Math.pow(1 + gamma / k, -(1 + k / gamma));
        int size = 2 * MOST + 1;
        double[] v = new double[size];
        Arrays.fill(v, 1);
        double[] next = new double[size];
        double step = 0.5 / (alpha * MOST * MOST + 2 * eta);
        for (int round = 0; round < 400_000; round++) {
            double largest = 0;
            for (int i = 0; i < size; i++) {
                double q = i - MOST;
                double beside = (i > 0 ? v[i - 1] : 0) + (i + 1 < size ? v[i + 1] : 0);
                next[i] = v[i] - step * (alpha * q * q * v[i] - eta * beside);
                largest = Math.max(largest, next[i]);
            }
            double moved = 0;
            for (int i = 0; i < size; i++) {
                next[i] /= largest;
                moved = Math.max(moved, Math.abs(next[i] - v[i]));
                v[i] = next[i];
            }
            if (moved < 1e-15) {
                break;
            }
        }
        double[] distances = new double[size - 1];
        for (int i = 0; i + 1 < size; i++) {
            distances[i] = Math.log1p(gamma / k) / gamma + Math.log(v[i] / v[i + 1]) / k;
        }
        return distances;
    }

    private static double closed(Glft model, double sigma, int inventory) {
        return model.half(sigma, 0) + inventory * model.shift(sigma, 0);
    }

    @Test
    void theClosedFormIsNearTheMatrixSolutionForThePapersNumbers() {
        double[] exact = distances(0.01, 0.3, 0.9, 0.3);
        Glft model = Glft.of(0.01, 0.9, 0.3, 1);
        for (int q = -5; q <= 5; q++) {
            assertThat(closed(model, 0.3, q)).isCloseTo(exact[q + MOST], within(0.005 * exact[MOST]));
        }
        // The paper's figure of the asymptotic quotes starts at about 3.3 ticks for no inventory.
        assertThat(exact[MOST]).isBetween(3.2, 3.6);
    }

    @Test
    void itGetsNearerAsTheRiskOfOneOrderFalls() {
        double before = Double.POSITIVE_INFINITY;
        for (double sigma : new double[] {2.4, 1.2, 0.6, 0.3}) {
            double[] exact = distances(0.01, sigma, 0.9, 0.3);
            double off = 0;
            Glft model = Glft.of(0.01, 0.9, 0.3, 1);
            for (int q = -3; q <= 3; q++) {
                off = Math.max(off, Math.abs(closed(model, sigma, q) - exact[q + MOST]));
            }
            assertThat(off).isLessThan(0.6 * before);
            before = off;
        }
    }

    @Test
    void aSizeIsAnotherUnitOfQuantity() {
        // q units in orders of ten are q / 10 orders: gamma counts tenfold, arrivals are of orders.
        Glft orders = Glft.of(0.1, 0.9, 0.3, 1);
        Glft units = Glft.of(0.01, 0.9, 0.3, 10);
        assertThat(units.half(0.3, 0)).isCloseTo(orders.half(0.3, 0), within(1e-12));
        assertThat(10 * units.shift(0.3, 0)).isCloseTo(orders.shift(0.3, 0), within(1e-12));
    }

    @Test
    void withoutAversionToMissedFillsItIsTheLimit() {
        Glft limit = new Glft(0.01, 0, 0.9, 0.3, 1);
        Glft near = new Glft(0.01, 1e-9, 0.9, 0.3, 1);
        assertThat(near.half(0.3, 0)).isCloseTo(limit.half(0.3, 0), within(1e-7));
        assertThat(limit.half(0, 0)).isEqualTo(1 / 0.3);
        assertThat(limit.shift(0.3, 0)).isCloseTo(0.3 * Math.sqrt(0.01 * Math.E / (2 * 0.9 * 0.3)), within(1e-12));
    }

    @Test
    void bothModelsWidenWithAversionAndVolatility() {
        for (double gamma = 0.01; gamma < 1; gamma *= 2) {
            for (double sigma = 0.1; sigma < 5; sigma *= 1.5) {
                assertThat(Glft.of(gamma, 1, 0.5, 1).half(sigma * 1.5, 1))
                        .isGreaterThan(Glft.of(gamma, 1, 0.5, 1).half(sigma, 1));
                assertThat(Glft.of(gamma * 2, 1, 0.5, 1).shift(sigma, 1))
                        .isGreaterThan(Glft.of(gamma, 1, 0.5, 1).shift(sigma, 1));
                AvellanedaStoikov paper = new AvellanedaStoikov(gamma, 0.5, 1);
                assertThat(paper.half(sigma * 1.5, 1)).isGreaterThan(paper.half(sigma, 1));
                assertThat(new AvellanedaStoikov(gamma * 2, 0.5, 1).shift(sigma, 1))
                        .isGreaterThan(paper.shift(sigma, 1));
            }
        }
        assertThat(new AvellanedaStoikov(1e-9, 0.5, 1).half(1, 1)).isCloseTo(2, within(1e-6));
    }

    @Test
    void numbersOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Glft.of(0, 1, 1, 1))
                .withMessage("gamma must be positive and finite: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Glft(1, -1, 1, 1, 1))
                .withMessage("xi must be at least 0 and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AvellanedaStoikov(1, Double.NaN, 1))
                .withMessage("k must be positive and finite: NaN");
    }
}
