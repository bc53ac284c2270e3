package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final double NOTHING = Double.NaN;

    /// Pivots of two bars on either side, no warm-up, no lag, no cooldown, everything told.
    private static final Parameters RULES = new Parameters(2, 2, .5, 1, 0, 0, 0, 0, Weights.SEED);

    private final List<DivergenceEvent> events = new ArrayList<>();
    private long time;

    /// Two lows of the price (bars 2 and 7), the second as deep as said; flow of one bar each in between.
    private void lows(Detector detector, double second, double zOfi, double zCvd) {
        double[] closes = {104, 102, 100, 102, 104, 103, 102, second, 103, 105};
        for (int bar = 0; bar < closes.length; bar++) {
            boolean between = bar > 2 && bar <= 7;
            bar(detector, closes[bar], between ? zOfi : 0, between ? zCvd : 0);
        }
    }

    private void bar(Detector detector, double close, double zOfi, double zCvd) {
        time += 1000;
        detector.on(time, close, close, close, zOfi, zCvd, .6 * zOfi + .4 * zCvd);
    }

    private Detector detector(Parameters rules, Source... sources) {
        return Detector.of(rules, Set.of(sources), events::add);
    }

    @Test
    void aLowerLowOnWhichBuyersPressedIsBullishAndKnownTwoBarsLater() {
        lows(detector(RULES, Source.CVD), 99, NOTHING, 1);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.BULL);
            assertThat(event.source()).isEqualTo(Source.CVD);
            assertThat(event.first()).isEqualTo(new Pivot(2, 3000, 100, 0, 0));
            assertThat(event.second()).isEqualTo(new Pivot(7, 8000, 99, 0, 5));
            assertThat(event.pivotMillis()).isEqualTo(8000);
            assertThat(event.confirmedMillis()).isEqualTo(10_000);
            assertThat(event.confirmedBar()).isEqualTo(9);
            assertThat(event.separation()).isEqualTo(5);
            assertThat(event.flows().cvd()).isCloseTo(5 / Math.sqrt(5), within(1e-15));
            assertThat(event.flows().ofi()).isNaN();
        });
    }

    @Test
    void theScoreIsTheWeightedMeanOfItsParts() {
        lows(detector(RULES, Source.CVD), 99, NOTHING, .5);

        // Flow .5 × 5 / √5 = 1.118; the smallest swing is 102 to 99 after steps of 1 and 3 (bars 5 to 7: 104, 102, 99
        // is 5 / √(1 + 9)); the price fell by 1 over steps 2, 2, 1, 1, 3.
        double flow = (2.5 / Math.sqrt(5) - .5) / 1.5;
        double pivots = Math.min(1, Math.min(4 / Math.sqrt(8), 4 / Math.sqrt(10)) / 2);
        double price = 1 / Math.sqrt(4 + 4 + 1 + 1 + 9) / 2;
        Score score = events.getFirst().score();
        assertThat(score.flow()).isCloseTo(flow, within(1e-12));
        assertThat(score.pivots()).isCloseTo(pivots, within(1e-12));
        assertThat(score.price()).isCloseTo(price, within(1e-12));
        assertThat(score.agreement()).isNaN();
        assertThat(score.points()).isCloseTo(100 * (.35 * flow + .25 * pivots + .25 * price) / .85, within(1e-12));
    }

    @Test
    void aHigherLowOnWhichSellersPressedIsHiddenBullish() {
        lows(detector(RULES, Source.OFI), 101, -1, NOTHING);

        assertThat(events).singleElement().extracting(DivergenceEvent::kind).isEqualTo(Kind.HIDDEN_BULL);
    }

    @Test
    void whenFlowAndPriceGoTheSameWayNothingIsSaid() {
        Detector detector = detector(RULES, Source.OFI, Source.CVD, Source.FUSION);
        lows(detector, 99, -1, -1);
        detector.reset();
        lows(detector, 101, 1, 1);

        assertThat(events).isEmpty();
    }

    @Test
    void flowBelowTheMiddleThresholdDoesNotDiverge() {
        Detector detector = detector(RULES, Source.CVD);
        lows(detector, 99, NOTHING, .22);
        assertThat(events).isEmpty();

        detector.reset();
        lows(detector, 99, NOTHING, .23);
        assertThat(events).hasSize(1);
    }

    @Test
    void equalLowsDivergeFromNothing() {
        lows(detector(RULES, Source.CVD), 100, NOTHING, 1);

        assertThat(events).isEmpty();
    }

    @Test
    void ofAPlateauTheFirstBarIsThePivot() {
        Detector detector = detector(RULES, Source.CVD);
        for (double close : new double[] {104, 102, 100, 102, 104, 102, 99, 99, 99, 104, 105}) {
            bar(detector, close, NOTHING, 1);
        }

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.second().bar()).isEqualTo(6);
            assertThat(event.confirmedBar()).isEqualTo(8);
        });
    }

    @Test
    void bookAgainstTradesIsAConflictThatNamesBoth() {
        lows(detector(RULES, Source.FUSION), 99, 1, -1);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(event.source()).isEqualTo(Source.FUSION);
            assertThat(event.first().flow()).isNaN();
            assertThat(event.why())
                    .startsWith("CONFLICT: price 100.0 then 99.0 over 5 bars while OFI +2.24 against CVD -2.24; score");
        });
    }

    @Test
    void theOtherSourceAgreesOrDoesNot() {
        lows(detector(RULES, Source.OFI), 99, 1, .5);
        lows(detector(RULES, Source.OFI), 99, 1, -.5);

        assertThat(events)
                .extracting(event -> event.score().agreement())
                .satisfiesExactly(
                        agreement -> assertThat(agreement).isCloseTo(2.5 / Math.sqrt(5) / 2, within(1e-12)),
                        agreement -> assertThat(agreement).isZero());
    }

    @Test
    void theLineMayTurnALittleBeforeOrAfterThePrice() {
        Detector detector = detector(RULES.with(Map.of("swing_L", 4, "max_lag", 2)), Source.CVD);
        double[] closes = {108, 106, 104, 102, 100, 102, 104, 106, 108, 106, 104, 102, 99, 101, 103, 105, 107};
        // The line is lowest at bar 5 and, around bar 12, at bar 10.
        double[] flows = {0, 0, 0, 0, -1, -2, 1, 1, 1, 1, -1, 2, 2, 1, 1, 1, 1};
        for (int bar = 0; bar < closes.length; bar++) {
            bar(detector, closes[bar], NOTHING, flows[bar]);
        }

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.first()).isEqualTo(new Pivot(4, 5000, 100, 1, -3));
            assertThat(event.second()).isEqualTo(new Pivot(12, 13_000, 99, -2, 0));
            assertThat(event.flows().cvd()).isCloseTo(3 / Math.sqrt(5), within(1e-15));
            assertThat(event.lag()).isEqualTo(2);
        });
    }

    @Test
    void aSourceThatWasSilentInBetweenIsNotCompared() {
        Detector detector = detector(RULES, Source.OFI, Source.CVD);
        double[] closes = {104, 102, 100, 102, 104, 103, 102, 99, 103, 105};
        for (int bar = 0; bar < closes.length; bar++) {
            bar(detector, closes[bar], 1, bar == 5 ? NOTHING : 1);
        }

        assertThat(events).singleElement().extracting(DivergenceEvent::source).isEqualTo(Source.OFI);
    }

    @Test
    void withinTheCooldownASourceStaysSilentOnThatSide() {
        for (int cooldown : new int[] {0, 4, 5}) {
            events.clear();
            Detector detector = detector(RULES.with(Map.of("cooldown", cooldown)), Source.CVD);
            for (double close : new double[] {104, 102, 100, 102, 98, 100, 101, 102, 96, 98, 99}) {
                bar(detector, close, NOTHING, 1);
            }
            // Lows at bars 4 and 8 after one at bar 2 that bar 4 undercuts too soon to be a pivot.
            assertThat(events).hasSize(1);
            for (double close : new double[] {100, 94, 96, 98}) {
                bar(detector, close, NOTHING, 1);
            }
            // Of the highs it spoke in between.
            assertThat(events)
                    .as("cooldown " + cooldown)
                    .extracting(DivergenceEvent::kind)
                    .isEqualTo(
                            cooldown < 5
                                    ? List.of(Kind.BULL, Kind.HIDDEN_BEAR, Kind.BULL)
                                    : List.of(Kind.BULL, Kind.HIDDEN_BEAR));
        }
    }

    @Test
    void pivotsNearerThanTheLeastSeparationMakeNoPair() {
        lows(detector(RULES.with(Map.of("min_separation", 6)), Source.CVD), 99, NOTHING, 1);
        assertThat(events).isEmpty();
        lows(detector(RULES.with(Map.of("min_separation", 5)), Source.CVD), 99, NOTHING, 1);
        assertThat(events).hasSize(1);
    }

    @Test
    void pivotsOfTheWarmUpDoNotCount() {
        lows(detector(RULES.with(Map.of("warmup", 3)), Source.CVD), 99, NOTHING, 1);
        assertThat(events).isEmpty();
        lows(detector(RULES.with(Map.of("warmup", 2)), Source.CVD), 99, NOTHING, 1);
        assertThat(events).hasSize(1);
    }

    @Test
    void aBadBarIsRefusedAndLeavesNoTrace() {
        Detector detector = detector(RULES, Source.CVD);
        lows(detector, 100, NOTHING, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.on(time, 100, 100, 100, 0, 0, 0))
                .withMessage("closeMillis must lie after 10000: 10000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.on(time + 1, 100, 101, 100, 0, 0, 0))
                .withMessageContaining("low 101.0, close 100.0, high 100.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.on(time + 1, 100, 100, Double.NaN, 0, 0, 0))
                .withMessageContaining("close NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.on(time + 1, Double.POSITIVE_INFINITY, 100, 100, 0, 0, 0))
                .withMessageContaining("high Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.on(time + 1, 100, 100, 100, 0, Double.NEGATIVE_INFINITY, 0))
                .withMessageContaining("z-scores must be finite");
        detector.on(time + 1, 100, 100, 100, 0, 0, 0);
    }
}
