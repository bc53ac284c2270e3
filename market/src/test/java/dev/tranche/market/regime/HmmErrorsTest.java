package dev.tranche.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HmmErrorsTest {
    private static final GaussianHmm TRUTH = new GaussianHmm(
            List.of(0.5, 0.5),
            List.of(List.of(0.95, 0.05), List.of(0.1, 0.9)),
            List.of(List.of(0.0, 0.0), List.of(1.0, -1.0)),
            List.of(List.of(List.of(1.0, 0.3), List.of(0.3, 1.0)), List.of(List.of(4.0, -0.5), List.of(-0.5, 2.0))));

    /// A series of the model above.
    private static double[][] simulated(int size, long seed) {
        Random random = new Random(seed);
        double[][] series = new double[size][2];
        int state = 0;
        for (int t = 0; t < size; t++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double rho = state == 0 ? 0.3 : -0.5 / Math.sqrt(8);
            series[t][0] = TRUTH.means().get(state).get(0) + (state == 0 ? 1 : 2) * x;
            series[t][1] = TRUTH.means().get(state).get(1)
                    + (state == 0 ? 1 : Math.sqrt(2)) * (rho * x + Math.sqrt(1 - rho * rho) * y);
            state = random.nextDouble() < TRUTH.move().get(state).get(0) ? 0 : 1;
        }
        return series;
    }

    @Test
    void theGradientIsThatOfTheLikelihoodInEveryFreeNumber() {
        double[][] series = simulated(400, 3);
        for (boolean stationary : new boolean[] {false, true}) {
            GaussianHmm model = stationary ? longRun(TRUTH) : TRUTH;
            List<HmmPlace> places = HmmPlace.of(model, false, new boolean[2][2]);
            HmmScores scores = new HmmScores(series, model, places, stationary);

            assertThat(scores.walk()).isCloseTo(model.logLikelihood(series), within(1e-9));
            double[] gradient = scores.gradient().clone();
            for (int p = 0; p < places.size(); p++) {
                double h = 1e-5;
                scores.shift(p, h);
                double above = scores.walk();
                scores.shift(p, -2 * h);
                double slope = (above - scores.walk()) / (2 * h);
                scores.shift(p, h);
                assertThat(gradient[p]).as(places.get(p).toString()).isCloseTo(slope, within(1e-4));
            }
        }
    }

    private static GaussianHmm longRun(GaussianHmm model) {
        List<Double> start = GaussianHmm.list(Moves.longRun(GaussianHmm.matrix(model.move())));
        return new GaussianHmm(start, model.move(), model.means(), model.covariances());
    }

    @Test
    void theTruthLiesWithinAFewErrorsAndTheKindsAgreeWhenTheModelHolds() {
        double[][] series = simulated(4000, 4);
        HmmTerms terms = new HmmTerms(2, false, false, 1, 1000, 1e-8);
        GaussianHmm model = HmmEstimator.fit(series, terms, new Random(1)).model();

        assertThat(HmmErrors.of(model, series, terms)).isInstanceOfSatisfying(HmmErrors.Found.class, found -> {
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    double error = found.hessian().move().get(i).get(j);
                    assertThat(model.move().get(i).get(j))
                            .isCloseTo(TRUTH.move().get(i).get(j), within(4 * error));
                    assertThat(found.outerProduct().move().get(i).get(j) / error)
                            .isBetween(0.8, 1.25);
                    assertThat(found.robust().covariances().get(1).get(i).get(j)
                                    / found.hessian()
                                            .covariances()
                                            .get(1)
                                            .get(i)
                                            .get(j))
                            .isBetween(0.8, 1.25);
                    assertThat(model.covariances().get(1).get(i).get(j))
                            .isCloseTo(
                                    TRUTH.covariances().get(1).get(i).get(j),
                                    within(4
                                            * found.hessian()
                                                    .covariances()
                                                    .get(1)
                                                    .get(i)
                                                    .get(j)));
                    assertThat(model.means().get(i).get(j))
                            .isCloseTo(
                                    TRUTH.means().get(i).get(j),
                                    within(4 * found.hessian().means().get(i).get(j)));
                }
            }
            assertThat(found.held()).isEmpty();
        });
    }

    @Test
    void oneStateHasTheErrorsOfAPlainNormal() {
        double[][] series = simulated(500, 5);
        HmmTerms terms = new HmmTerms(1, false, false, 1, 100, 1e-9);
        GaussianHmm model = HmmEstimator.fit(series, terms, new Random(1)).model();
        double variance = model.covariances().get(0).get(0).get(0);

        assertThat(HmmErrors.of(model, series, terms)).isInstanceOfSatisfying(HmmErrors.Found.class, found -> {
            assertThat(found.hessian().means().get(0).get(0)).isCloseTo(Math.sqrt(variance / 500), within(1e-6));
            assertThat(found.hessian().covariances().get(0).get(0).get(0))
                    .isCloseTo(variance * Math.sqrt(2.0 / 500), within(1e-5));
            assertThat(found.hessian().move().get(0).get(0)).isNaN();
        });
    }

    @Test
    void aMoveThatNeverHappensIsHeldAndSaidSo() {
        Random random = new Random(6);
        double[][] series = new double[600][1];
        for (int t = 0; t < 600; t++) {
            series[t][0] = (t < 300 ? 0 : 20) + (t < 300 ? 1 : 2) * random.nextGaussian();
        }
        HmmTerms terms = new HmmTerms(2, false, false, 2, 500, 1e-9);
        GaussianHmm model = HmmEstimator.fit(series, terms, new Random(1)).model();

        assertThat(HmmErrors.of(model, series, terms)).isInstanceOfSatisfying(HmmErrors.Found.class, found -> {
            assertThat(found.held()).containsExactly("move 1 to 0 lies at its bound 0");
            assertThat(found.hessian().move().get(1)).containsExactly(Double.NaN, Double.NaN);
            assertThat(found.hessian().move().get(0).get(1)).isCloseTo(1.0 / 300, within(1e-4));
        });
    }

    @Test
    void aModelThatIsNotAtItsMaximumIsRefused() {
        double[][] series = simulated(500, 7);
        HmmErrors errors = HmmErrors.of(TRUTH, series, HmmTerms.of(2));

        assertThat(errors)
                .isInstanceOfSatisfying(
                        HmmErrors.Refused.class,
                        refused -> assertThat(refused.reason())
                                .containsAnyOf("still to be gained", "not positive definite"));
    }

    @Test
    void aCollapsedVarianceIsRefused() {
        double[][] series = simulated(100, 8);
        double floor = HmmEstimator.floor(series, 0);
        GaussianHmm model = new GaussianHmm(
                TRUTH.start(),
                TRUTH.move(),
                TRUTH.means(),
                List.of(TRUTH.covariances().get(0), List.of(List.of(floor, 0.0), List.of(0.0, 1.0))));

        assertThat(HmmErrors.of(model, series, HmmTerms.of(2)))
                .isEqualTo(new HmmErrors.Refused(
                        "the variance of dimension 0 in state 1 lies at its floor " + floor * (1 + 1e-9)));
    }

    @Test
    void fewBarsAreRefusedInWordsAndAreNeverErrorsOfNothing() {
        for (int bars : new int[] {30, 31, 35, 40, 50, 60}) {
            double[][] series = simulated(bars, 9);
            HmmTerms terms = new HmmTerms(3, false, false, 2, 200, 1e-6);
            GaussianHmm model = HmmEstimator.fit(series, terms, new Random(1)).model();

            switch (HmmErrors.of(model, series, terms)) {
                case HmmErrors.Refused(String reason) ->
                    assertThat(reason)
                            .containsAnyOf("lies at its floor", "not positive definite", "still to be gained");
                case HmmErrors.Found found -> {
                    assertThat(found.hessian().means().toString()).doesNotContain("NaN", " 0.0", "Infinity");
                    assertThat(found.robust().means().toString()).doesNotContain("NaN", " 0.0", "Infinity");
                }
            }
        }
    }

    @Test
    void asManyObservationsAsNumbersAreNeeded() {
        HmmTerms terms = new HmmTerms(2, false, false, 1, 200, 1e-6);
        double[][] series = simulated(11, 3);

        assertThat(HmmErrors.of(TRUTH, series, terms))
                .isEqualTo(new HmmErrors.Refused("so few observations say nothing of so many numbers: 11 of 12"));
    }
}
