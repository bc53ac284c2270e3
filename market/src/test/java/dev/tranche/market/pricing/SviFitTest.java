package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SviFitTest {
    private static double[] each(double[] k, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(k).map(f).toArray();
    }

    @Test
    void aSmileOfItsOwnFormComesBack() {
        SviSmile truth = new SviSmile(0.01, 0.1, -0.4, 0.05, 0.2);
        double[] k = SmileChecks.grid(-0.6, 0.6, 25);

        SviSmile found = SviFit.fit(k, each(k, truth::totalVariance), each(k, _ -> 1));

        for (double at : SmileChecks.grid(-0.6, 0.6, 101)) {
            assertThat(found.totalVariance(at)).isCloseTo(truth.totalVariance(at), within(1e-6));
        }
    }

    @Test
    void quotesThatCarryAButterflyArbitrageGetASmileWithoutOne() {
        // The smile of A. Vogt that Gatheral and Jacquier show (section 2.2): negative density near k = 0.8.
        SviSmile vogt = new SviSmile(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);
        double[] k = SmileChecks.grid(-1.5, 1.5, 61);
        assertThat(SmileChecks.butterfly(vogt, -1.5, 1.5)).isPresent();

        SviSmile found = SviFit.fit(k, each(k, vogt::totalVariance), each(k, _ -> 1));

        assertThat(SmileChecks.butterfly(found, -1.5, 1.5)).isEmpty();
        for (double at : k) {
            assertThat(found.totalVariance(at)).isCloseTo(vogt.totalVariance(at), within(0.02));
        }
    }

    @Test
    void aLaterSmileIsLaidAboveTheEarlierOne() {
        SviSmile earlier = new SviSmile(0.02, 0.1, 0, 0, 0.1);
        double[] k = SmileChecks.grid(-0.4, 0.4, 17);
        // Quotes with a little less variance than the expiry before.
        double[] w = each(k, at -> 0.97 * earlier.totalVariance(at) + 0.0005 * at);
        assertThat(SmileChecks.calendar(earlier, SviFit.fit(k, w, each(k, _ -> 1)), -0.4, 0.4))
                .isPresent();

        SviSmile later = SviFit.fit(k, w, each(k, _ -> 1), new SviFit.Earlier(earlier, -0.4, 0.4));

        for (double at : k) {
            assertThat(later.totalVariance(at)).isGreaterThan(earlier.totalVariance(at) - 2e-5);
        }
    }

    @Test
    void quotesThatLeaveAWingWithoutSlopeGiveASmileAndNotAnError() {
        double[] k = {-0.1, -0.05, 0, 0.05, 0.1};
        double[] w = {
            3.6359568123113153, 1.1872036294036168, 0.43392319688983655, 0.09911990202234566, 0.3655723419938669
        };

        SviSmile found = SviFit.fit(k, w, each(k, _ -> 1));

        assertThat(found.rho()).isCloseTo(-1, within(1e-3));
        for (double at : k) {
            assertThat(found.totalVariance(at)).isNotNegative();
        }
    }

    @Test
    void onlyTheRatioOfWeightsCounts() {
        SviSmile truth = new SviSmile(0.01, 0.1, -0.4, 0.05, 0.2);
        double[] k = SmileChecks.grid(-0.6, 0.6, 25);

        SviSmile found = SviFit.fit(k, each(k, truth::totalVariance), each(k, _ -> 1e-18));

        for (double at : k) {
            assertThat(found.totalVariance(at)).isCloseTo(truth.totalVariance(at), within(1e-6));
        }
    }

    @Test
    void noisyQuotesGiveASmileWithinTheirNoise() {
        Random random = new Random(5);
        SviSmile truth = new SviSmile(0.004, 0.05, -0.2, -0.02, 0.1);
        double[] k = SmileChecks.grid(-0.5, 0.4, 30);
        double[] w = each(k, at -> truth.totalVariance(at) * (1 + 0.02 * random.nextGaussian()));

        SviSmile found = SviFit.fit(k, w, each(w, at -> 1 / (at * at)));

        for (double at : k) {
            assertThat(found.totalVariance(at))
                    .isCloseTo(truth.totalVariance(at), within(0.05 * truth.totalVariance(at)));
        }
    }

    @Test
    void fourQuotesAreTooFewAndAVarianceOfNoughtIsNone() {
        double[] four = {0, 1, 2, 3};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SviFit.fit(four, four, four))
                .withMessageContaining("at least 5 quotes");
        double[] five = {0, 1, 2, 3, 4};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SviFit.fit(five, five, each(five, _ -> 1)))
                .withMessageContaining("w 0.0");
    }

    @Test
    void betweenTwoExpiriesTheVarianceRunsStraightAndNeverFalls() {
        SviSmile near = new SviSmile(0.01, 0.05, -0.2, 0, 0.1);
        SviSmile far = new SviSmile(0.05, 0.10, -0.3, 0, 0.2);
        TreeMap<Double, SviSmile> smiles = new TreeMap<>();
        smiles.put(0.1, near);
        smiles.put(0.5, far);
        VolatilitySurface surface = VolatilitySurface.of(smiles);

        assertThat(surface.faults(-1, 1)).isEmpty();
        double last = 0;
        for (double years = 0.02; years < 1; years += 0.02) {
            double variance = surface.volatility(0.2, years) * surface.volatility(0.2, years) * years;
            assertThat(variance).isGreaterThan(last);
            last = variance;
        }
        double middle = surface.volatility(0.2, 0.3);
        assertThat(middle * middle * 0.3)
                .isCloseTo((near.totalVariance(0.2) + far.totalVariance(0.2)) / 2, within(1e-15));
    }

    @Test
    void smilesThatCrossAreFoundAndNamed() {
        TreeMap<Double, SviSmile> smiles = new TreeMap<>();
        smiles.put(0.1, new SviSmile(0.05, 0.10, -0.3, 0, 0.2));
        smiles.put(0.5, new SviSmile(0.01, 0.05, -0.2, 0, 0.1));

        assertThat(VolatilitySurface.of(smiles).faults(-1, 1))
                .singleElement()
                .asString()
                .startsWith("smile 1: less variance than the expiry before it");
    }
}
