package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpreadModelTest {
    private static final SpreadLimits LIMITS = SpreadLimits.SEED;
    private static final double HALF = .5;
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private final Feeder feeder = Feeder.begin();
    private final SpreadModel model = SpreadModel.of(Linear.usual().open(), LIMITS);

    private double ask(long tookNanos) {
        return model.spreadBps(feeder.features(), feeder.now(), tookNanos, HALF);
    }

    @Test
    void theModelAnswersOnceASampleAndItsAnswerStands() {
        feeder.samples(21);
        assertThat(ask(0)).isEqualTo(2);
        feeder.top(100_000, 3, 100_002, 1);
        assertThat(ask(0)).isEqualTo(2);
        feeder.samples(1);
        assertThat(ask(0)).isEqualTo(4);
        assertThat(model.reason()).isEqualTo(SpreadReason.MODEL);
        assertThat(model.count(SpreadReason.MODEL)).isEqualTo(3);
        assertThat(model.reason().fallback()).isFalse();
    }

    @Test
    void withoutAWholeWindowTheHeuristicStandsIn() {
        feeder.samples(20);
        assertThat(ask(0)).isEqualTo(20);
        assertThat(model.reason()).isEqualTo(SpreadReason.WARMING_UP);
        assertThat(model.answer()).isNaN();
        feeder.samples(1);
        assertThat(ask(0)).isEqualTo(2);
        feeder.features().reset();
        assertThat(ask(0)).isEqualTo(20);
        assertThat(model.count(SpreadReason.WARMING_UP)).isEqualTo(2);
    }

    @Test
    void anAnswerThatTookTooLongIsNotUsedAndOneThatDidNotIs() {
        feeder.samples(21);
        assertThat(ask(LIMITS.lateNanos())).isEqualTo(2);
        assertThat(ask(LIMITS.lateNanos() + 1)).isEqualTo(20);
        assertThat(model.reason()).isEqualTo(SpreadReason.LATE);
        assertThat(model.answer()).as("it answered, late").isEqualTo(2);
    }

    @Test
    void aSampleThatIsTooOldIsNotUsed() {
        feeder.samples(21);
        long at = feeder.features().sampledNanos();
        SpreadFeatures features = feeder.features();
        assertThat(model.spreadBps(features, at + LIMITS.staleNanos(), 0, HALF)).isEqualTo(2);
        assertThat(model.spreadBps(features, at + LIMITS.staleNanos() + 1, 0, HALF))
                .isEqualTo(20);
        assertThat(model.reason()).isEqualTo(SpreadReason.STALE);
    }

    @Test
    void anAnswerBelowTheLeastSpreadIsBelievedAndRaisedToIt() {
        SpreadModel narrow = SpreadModel.of(Linear.usual().open(), LIMITS.within(2.5, 3.5));
        feeder.samples(21);
        assertThat(narrow.spreadBps(feeder.features(), feeder.now(), 0, HALF))
                .as("not the heuristic's 3.5: the market is calm")
                .isEqualTo(2.5);
        assertThat(narrow.reason()).isEqualTo(SpreadReason.RAISED);
        assertThat(narrow.reason().fallback()).isFalse();
        assertThat(narrow.answer()).isEqualTo(2);
        assertThat(narrow.spreadBps(feeder.features(), feeder.now(), LIMITS.lateNanos() + 1, HALF))
                .isEqualTo(3.5);
        assertThat(narrow.reason()).isEqualTo(SpreadReason.LATE);
    }

    @Test
    void beyondTheWidestSpreadTheWidestIsQuotedAndNotTheNearerHeuristic() {
        SpreadModel narrow = SpreadModel.of(Linear.usual().open(), LIMITS.within(2.5, 3.5));
        feeder.top(100_000, 3, 100_002, 1);
        feeder.samples(21);
        assertThat(narrow.spreadBps(feeder.features(), feeder.now(), 0, .01)).isEqualTo(3.5);
        assertThat(narrow.reason()).isEqualTo(SpreadReason.TOO_HIGH);
        assertThat(narrow.reason().fallback()).isTrue();
        assertThat(narrow.answer()).isEqualTo(4);
    }

    @Test
    void anAnswerOfNothingOrLessIsNoSpread() {
        for (String intercept : new String[] {"0", "-3"}) {
            SpreadModel wrong = SpreadModel.of(
                    Linear.usual()
                            .with("model.pmml", "intercept=\"2\"", "intercept=\"" + intercept + "\"")
                            .open(),
                    LIMITS);
            feeder.samples(21);
            assertThat(wrong.spreadBps(feeder.features(), feeder.now(), 0, HALF))
                    .isEqualTo(20);
            assertThat(wrong.reason()).isEqualTo(SpreadReason.TOO_LOW);
        }
    }

    @Test
    void aFeatureOutsideTheSchemasRangeIsNotExtrapolated() {
        feeder.top(100_000, 99, 100_002, 1);
        feeder.samples(21);
        assertThat(ask(0)).isEqualTo(20);
        assertThat(model.reason()).isEqualTo(SpreadReason.FEATURE_OUTSIDE);
    }

    @Test
    void aFeatureWithoutAValueIsNotGuessed() {
        SpreadModel deep = SpreadModel.of(
                Linear.usual()
                        .with("features.json", "current_imbalance", "depth_imbalance")
                        .with("model.pmml", "current_imbalance", "depth_imbalance")
                        .open(),
                LIMITS);
        feeder.features().reset();
        feeder.top(100_000, 5, 100_002, 5);
        feeder.samples(21);
        assertThat(deep.spreadBps(feeder.features(), feeder.now(), 0, HALF)).isEqualTo(20);
        assertThat(deep.reason()).isEqualTo(SpreadReason.MISSING_FEATURE);
    }

    @Test
    void anAnswerThatIsNoNumberIsNotUsed() {
        SpreadModel broken = SpreadModel.of(
                Linear.usual()
                        .with("model.pmml", "coefficient=\"4\"", "coefficient=\"1e308\" exponent=\"1\"")
                        .with("model.pmml", "intercept=\"2\"", "intercept=\"1.7e308\"")
                        .open(),
                LIMITS);
        feeder.top(100_000, 9, 100_002, 1);
        feeder.samples(21);
        assertThat(broken.spreadBps(feeder.features(), feeder.now(), 0, HALF)).isEqualTo(20);
        assertThat(broken.reason()).isEqualTo(SpreadReason.NOT_A_NUMBER);
    }

    @Test
    void theHeuristicFollowsTheVolatilityWithinItsBounds() {
        assertThat(LIMITS.heuristicBps(.5)).isEqualTo(20);
        assertThat(LIMITS.heuristicBps(.8)).isCloseTo(32, EXACT);
        assertThat(LIMITS.heuristicBps(9)).isEqualTo(100);
        assertThat(LIMITS.heuristicBps(.001)).isEqualTo(1);
        assertThat(LIMITS.heuristicBps(Double.POSITIVE_INFINITY)).isEqualTo(100);
        for (double unknown : new double[] {Double.NaN, 0, -1}) {
            assertThat(LIMITS.heuristicBps(unknown)).isEqualTo(20);
        }
        assertThat(LIMITS.within(30, 40).heuristicBps(Double.NaN)).isEqualTo(30);
    }

    @Test
    void withoutAVolatilityOfTheCallerTheFeaturesOwnIsTaken() {
        SpreadModel chosen = SpreadModel.heuristic(LIMITS, SpreadReason.CHOSEN);
        feeder.samples(300);
        feeder.top(100_010, 5, 100_012, 5);
        feeder.samples(1);
        double expected = 20 * feeder.features().volatility() / .5;
        assertThat(chosen.spreadBps(feeder.features(), feeder.now(), 0, Double.NaN))
                .isCloseTo(expected, EXACT)
                .isBetween(2.0, 90.0);
        assertThat(chosen.reason()).isEqualTo(SpreadReason.CHOSEN);
        assertThat(chosen.reason().fallback()).isFalse();
    }

    @Test
    void aProductWithoutAModelFallsBackByThatName() {
        SpreadModel none = SpreadModel.heuristic(LIMITS, SpreadReason.NO_MODEL);
        feeder.samples(21);
        assertThat(none.spreadBps(feeder.features(), feeder.now(), 0, HALF)).isEqualTo(20);
        assertThat(none.reason()).isEqualTo(SpreadReason.NO_MODEL);
        assertThat(none.reason().fallback()).isTrue();
        assertThatThrownBy(() -> SpreadModel.heuristic(LIMITS, SpreadReason.LATE))
                .hasMessage("why must be CHOSEN, NO_MODEL or OTHER_CLOCK: late");
    }

    @Test
    void limitsOutOfRangeAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> LIMITS.within(0, 1)).hasMessage("lowBps must be positive and finite: 0.0");
        assertThatThrownBy(() -> LIMITS.within(2, 1)).hasMessage("highBps must be at least lowBps 2.0: 1.0");
        assertThatThrownBy(() -> LIMITS.late(0)).hasMessageContaining("must be at least 1: 0");
    }
}
