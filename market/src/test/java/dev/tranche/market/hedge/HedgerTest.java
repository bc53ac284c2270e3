package dev.tranche.market.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HedgerTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final double BITCOIN = 60_000;
    private static final double ETHER = 3_000;
    /// A second's variance at 50 % and 65 % a year.
    private static final double BTC_VARIANCE = 0.25 / (365 * 86400.0);
    private static final double ETH_VARIANCE = 0.4225 / (365 * 86400.0);
    private static final double BOTH = 0.84 * Math.sqrt(BTC_VARIANCE * ETH_VARIANCE);

    private final HedgePlan plan = HedgePlan.of(2);
    private Hedger hedger = both(HedgeTerms.seed(0.01, 1800));

    private static Hedger both(HedgeTerms terms) {
        return known(Hedger.of(terms, new double[] {1, 20}, new int[] {0, 1}));
    }

    private static Hedger known(Hedger hedger) {
        hedger.book(0, 0, 0, BITCOIN);
        hedger.book(1, 0, 0, ETHER);
        hedger.covariance(0, 0, BTC_VARIANCE);
        hedger.covariance(1, 1, ETH_VARIANCE);
        hedger.covariance(0, 1, BOTH);
        for (int leg = 0; leg < hedger.legs(); leg++) {
            hedger.cost(leg, 0);
        }
        return hedger;
    }

    @BeforeEach
    void begins() {
        hedger.decide(0, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NOTHING);
    }

    @Test
    void withALegForEachAssetEachDeltaIsSoldHalfAtATime() {
        hedger.book(0, 0.4, 0, BITCOIN);
        hedger.book(1, -3, 0, ETHER);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NONE);
        assertThat(plan.coins(0)).isCloseTo(-0.2, within(1e-9));
        assertThat(plan.coins(1)).isCloseTo(1.5, within(1e-9));
        assertThat(plan.deviation()).isCloseTo(0.4, within(1e-9));
        assertThat(plan.varianceAfter()).isCloseTo(plan.varianceBefore() / 4, within(1e-9 * plan.varianceBefore()));
    }

    @Test
    void bitcoinIsHedgedWithEtherByTheRatioOfLeastVariance() {
        hedger = known(Hedger.of(HedgeTerms.seed(0.01, 1800), new double[] {1, 20}, new int[] {1}));
        HedgePlan plan = HedgePlan.of(1);
        hedger.decide(0, plan);
        hedger.book(0, 0.4, 0, BITCOIN);
        hedger.decide(30 * MINUTE, plan);
        double ratio = MinimumVariance.of(BTC_VARIANCE, ETH_VARIANCE, BOTH).ratio();
        assertThat(plan.coins(0)).isCloseTo(-0.5 * ratio * 0.4 * BITCOIN / ETHER, within(1e-9));
        // Half of the hedge takes 3/4 of what a whole one takes, which is the square of the correlation.
        double reduction = 1 - plan.varianceAfter() / plan.varianceBefore();
        assertThat(reduction).isCloseTo(0.75 * 0.84 * 0.84, within(1e-9));
    }

    @Test
    void ofTwoPerpetualsOnOneAssetTheCheaperIsTraded() {
        hedger = known(Hedger.of(HedgeTerms.seed(0.01, 1800), new double[] {1, 20}, new int[] {0, 0}));
        hedger.cost(0, 6e-4);
        hedger.cost(1, 1e-4);
        hedger.decide(0, plan);
        hedger.book(0, 2, 0, BITCOIN);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.coins(0)).isZero();
        assertThat(plan.coins(1)).isNegative();
    }

    @Test
    void theBandNarrowsWithTheTimeSinceTheLastHedge() {
        hedger.book(0, 0.07, 0, BITCOIN);
        hedger.decide(10 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.WITHIN_BAND);
        assertThat(plan.band()).isCloseTo(0.05 * Math.sqrt(3), within(1e-12));
        assertThat(plan.urgency()).isEqualTo(Urgency.LOW);
        hedger.decide(20 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NONE);
        assertThat(plan.is(HedgeCause.BAND)).isTrue();
        hedger.hedged(20 * MINUTE);
        hedger.decide(21 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.WITHIN_BAND);
    }

    @Test
    void anUrgentDeviationWaitsForNothing() {
        hedger.book(0, 0.16, 0, BITCOIN);
        hedger.decide(MINUTE / 60, plan);
        assertThat(plan.urgency()).isEqualTo(Urgency.HIGH);
        assertThat(plan.is(HedgeCause.DEVIATION)).isTrue();
        assertThat(plan.is(HedgeCause.BAND)).isFalse();
        assertThat(plan.coins(0)).isCloseTo(-0.08, within(1e-9));
    }

    @Test
    void fallsAndRisesMakeItUrgentAndFrequent() {
        hedger.book(0, 0.02, 0, BITCOIN * 0.949);
        hedger.decide(MINUTE, plan);
        assertThat(plan.urgency()).isEqualTo(Urgency.HIGH);
        assertThat(plan.is(HedgeCause.FALL)).isTrue();
        assertThat(plan.band()).isCloseTo(0.05 * Math.sqrt(20), within(1e-12));
        assertThat(plan.hold()).isEqualTo(HedgeHold.NONE);
        hedger.book(0, 0.02, 0, BITCOIN * 0.89);
        hedger.decide(MINUTE, plan);
        assertThat(plan.urgency()).isEqualTo(Urgency.CRITICAL);
        hedger.book(0, 0.02, 0, BITCOIN * 1.031);
        hedger.decide(MINUTE, plan);
        assertThat(plan.urgency()).isEqualTo(Urgency.NORMAL);
        assertThat(plan.is(HedgeCause.RISE)).isTrue();
        assertThat(plan.hold()).as("a rise is in no hurry").isEqualTo(HedgeHold.WITHIN_BAND);
    }

    @Test
    void highGammaMakesItTwiceAsFrequentAndAFallCritical() {
        hedger.book(0, 0.01, 0.012, BITCOIN);
        hedger.decide(15 * MINUTE, plan);
        assertThat(plan.is(HedgeCause.GAMMA)).isTrue();
        assertThat(plan.band()).isCloseTo(0.05, within(1e-12));
        hedger.book(0, 0.01, 0.021, BITCOIN * 0.94);
        hedger.decide(10 * MINUTE, plan);
        assertThat(plan.urgency()).isEqualTo(Urgency.CRITICAL);
        assertThat(plan.band()).as("three times as frequent at most").isCloseTo(0.05, within(1e-12));
    }

    @Test
    void aHedgeStopsWhereTheRestIsNotWorthFeeAndSpread() {
        double cost = 5e-4;
        hedger = both(new HedgeTerms(
                30 * MINUTE, 0.05, 0.08, 0.15, 0.05, 0.1, 0.03, 0.01, 0.02, 1.5, 2, 3, 1, 0.001, 0.01, 1800));
        hedger.covariance(0, 1, 0);
        hedger.cost(0, cost);
        hedger.cost(1, cost);
        hedger.decide(0, plan);
        hedger.book(0, 0.4, 0, BITCOIN);
        hedger.decide(30 * MINUTE, plan);
        double left = cost / (0.01 * 1800 * BTC_VARIANCE) / BITCOIN;
        assertThat(left).isBetween(0.01, 0.3);
        assertThat(plan.coins(0)).isCloseTo(-(0.4 - left), within(1e-9));
        assertThat(plan.cost()).isCloseTo(cost * (0.4 - left) * BITCOIN, within(1e-6));

        hedger.book(0, 0.9 * left, 0, BITCOIN);
        hedger.decide(1000 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.COST);
        assertThat(plan.cost()).isZero();
        assertThat(plan.coins(0)).isZero();
    }

    @Test
    void gammaWidensTheBandAsWhalleyAndWilmottSay() {
        double cost = 5e-5;
        hedger = both(
                new HedgeTerms(30 * MINUTE, 0.05, 0.08, 0.15, 0.05, 0.1, 0.03, 9, 9, 1.5, 2, 3, 1, 0.001, 0.01, 1800));
        hedger.covariance(0, 1, 0);
        hedger.cost(0, cost);
        hedger.cost(1, cost);
        hedger.decide(0, plan);
        double perUnit = 0.5 / (0.01 * BITCOIN);
        hedger.book(0, 0.8, 0.5, BITCOIN);
        hedger.decide(30 * MINUTE, plan);
        double band = Math.cbrt(1.5 * cost * BITCOIN * perUnit * perUnit / 0.01);
        assertThat(band).isGreaterThan(cost / (0.01 * 1800 * BTC_VARIANCE) / BITCOIN);
        assertThat(plan.coins(0)).isCloseTo(-(0.8 - band), within(1e-9));
    }

    @Test
    void whatIsTooSmallIsLeft() {
        hedger.book(0, 0.0015, 0, BITCOIN * 0.8);
        hedger.decide(MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.TOO_SMALL);
        assertThat(plan.coins(0)).isZero();
        assertThat(plan.varianceAfter()).isEqualTo(plan.varianceBefore());
    }

    @Test
    void withoutAUsableNumberNothingIsHedged() {
        hedger.book(0, 0.4, 0, Double.NaN);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NO_NUMBER);
        hedger.book(0, 0.4, 0, BITCOIN);
        hedger.covariance(0, 1, 1);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.hold()).as("a correlation above one").isEqualTo(HedgeHold.NO_NUMBER);
        hedger.covariance(0, 1, BOTH);
        hedger.cost(1, Double.NaN);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NO_NUMBER);
        assertThat(plan.coins(0)).isZero();
    }

    @Test
    void anAssetThatIsNotPricedIsLeftOutAndTheOthersAreHedgedAsIfItWereNotThere() {
        hedger.book(0, 0.4, 0, BITCOIN);
        hedger.unpriced(1);
        hedger.covariance(1, 1, Double.NaN);
        hedger.covariance(0, 1, Double.NaN);
        hedger.cost(1, Double.NaN);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.hold()).isEqualTo(HedgeHold.NONE);
        assertThat(plan.coins(0)).isNegative();
        assertThat(plan.coins(1)).isZero();
        assertThat(plan.without(1)).isTrue();
        assertThat(plan.without(0)).isFalse();
        assertThat(plan.varianceAfter()).isLessThan(plan.varianceBefore());
        assertThat(plan.text()).contains("no price of assets {1}");
    }

    @Test
    void everyHedgeSaysWhy() {
        hedger.book(0, 0.4, 0, BITCOIN * 0.89);
        hedger.decide(30 * MINUTE, plan);
        assertThat(plan.text()).startsWith("CRITICAL hedge [-").contains("BAND, DEVIATION, FALL");
        hedger.book(0, 0.01, 0, BITCOIN);
        hedger.decide(MINUTE, plan);
        assertThat(plan.text()).startsWith("LOW no hedge: WITHIN_BAND");
    }

    @Test
    void termsAndLegsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hedger.of(HedgeTerms.seed(1, 1), new double[] {1}, new int[] {1}))
                .withMessage("legs must be places of assets within 0..0: [1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hedger.of(HedgeTerms.seed(1, 1), new double[] {0}, new int[] {0}))
                .withMessage("scales must be positive and finite: [0.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HedgeTerms.seed(0, 1))
                .withMessageContaining("aversion");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HedgeTerms(1, 0.1, 0.05, 0.2, 0.1, 0.2, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1))
                .withMessageContaining("band, normal, urgent");
    }
}
