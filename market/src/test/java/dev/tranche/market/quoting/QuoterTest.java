package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.risk.BreakerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuoterTest {
    private static final Contract CONTRACT = Contracted.perpetual();
    private static final QuotingModel MODEL = Glft.of(0.1, 1.2, 0.5, 0.05);

    private final QuoteTarget target = QuoteTarget.empty();
    private final Quoter quoter = Quoter.of(CONTRACT, Contracted.terms(MODEL));

    private void quote(QuoteMoment moment) {
        quoter.quote(moment, target);
    }

    @Test
    void withoutInventoryTheQuotesLieEvenlyAroundTheFairPrice() {
        quote(Contracted.moment());
        double half = MODEL.half(0.9, 300) * 6;
        assertThat(target.ticks(Side.BUY, 0)).isEqualTo((long) Math.floor((60_000 - half) * 10) * 10);
        assertThat(target.ticks(Side.SELL, 0)).isEqualTo((long) Math.ceil((60_000 + half) * 10) * 10);
        assertThat(target.lots(Side.BUY, 0)).isEqualTo(50);
        assertThat(target.lots(Side.SELL, 0)).isEqualTo(50);
        assertThat(target.marks()).isZero();
        assertThat(target.reservation()).isEqualTo(60_000);
    }

    @Test
    void anInventoryMovesBothQuotesByWhatTheFormulaSays() {
        quote(Contracted.moment().risk(0.9, 0.1, 100));
        double shift = -MODEL.shift(0.9, 300) * 0.1;
        assertThat(target.shift()).isEqualTo(shift);
        assertThat(target.reservation()).isCloseTo(60_000 + 6 * shift, within(1e-9));
        assertThat(target.half()).isEqualTo(MODEL.half(0.9, 300));
    }

    @Test
    void theTimeThatIsLeftCountsWhenItIsShorterThanTheHorizon() {
        QuotingModel paper = new AvellanedaStoikov(0.1, 0.5, 0.05);
        Quoter quoter = Quoter.of(CONTRACT, Contracted.terms(paper));
        quoter.quote(Contracted.moment().risk(0.9, 0.1, 0).remaining(60), target);
        assertThat(target.shift()).isEqualTo(-paper.shift(0.9, 60) * 0.1);
        quoter.quote(Contracted.moment().risk(0.9, 0.1, 0).remaining(1e9), target);
        assertThat(target.shift()).isEqualTo(-paper.shift(0.9, 300) * 0.1);
    }

    @Test
    void regimeAndBreakerWidenTheSpreadAndTheBreakerCutsTheSize() {
        quote(Contracted.moment().multipliers(1.5, BreakerState.WARNING));
        assertThat(target.half()).isCloseTo(MODEL.half(0.9, 300) * 2.25, within(1e-12));
        assertThat(target.lots(Side.BUY, 0)).isEqualTo(25);
        assertThat(target.regimeMultiplier()).isEqualTo(1.5);
        assertThat(target.breakerMultiplier()).isEqualTo(1.5);
        assertThat(target.sizeMultiplier()).isEqualTo(0.5);
    }

    @Test
    void theirProductIsKeptWithinTheSeedsBounds() {
        quote(Contracted.moment().multipliers(9, BreakerState.WARNING));
        assertThat(target.half()).isCloseTo(MODEL.half(0.9, 300) * 5, within(1e-12));
        assertThat(target.is(QuoteMark.FACTOR_BOUND)).isTrue();
        quote(Contracted.moment().multipliers(0.1, BreakerState.NORMAL));
        assertThat(target.half()).isCloseTo(MODEL.half(0.9, 300) * 0.5, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(names = {"HALTED", "KILLED"})
    void whereTheBreakerAllowsNoQuotesThereAreNone(BreakerState state) {
        quote(Contracted.moment().multipliers(1, state));
        assertThat(target.is(QuoteMark.BREAKER)).isTrue();
        assertThat(target.quotes(Side.BUY) || target.quotes(Side.SELL)).isFalse();
    }

    @Test
    void aModelsSpreadTakesThePlaceOfTheFormulas() {
        quote(Contracted.moment().spread(12).multipliers(1.5, BreakerState.NORMAL));
        assertThat(target.is(QuoteMark.SPREAD_MODEL)).isTrue();
        assertThat(target.formula()).isEqualTo(6);
        assertThat(target.half()).isEqualTo(9);
        quote(Contracted.moment().spread(Double.NaN));
        assertThat(target.is(QuoteMark.SPREAD_MODEL)).isFalse();
    }

    @Test
    void theSpreadIsKeptWithinItsBoundsAndSaysSo() {
        quote(Contracted.moment().spread(0.2));
        assertThat(target.half()).isEqualTo(0.5);
        assertThat(target.is(QuoteMark.LEAST_SPREAD)).isTrue();
        quote(Contracted.moment().spread(500));
        assertThat(target.half()).isEqualTo(50);
        assertThat(target.is(QuoteMark.MOST_SPREAD)).isTrue();
    }

    @Test
    void theShiftIsKeptWithinItsBoundAndSaysSo() {
        quote(Contracted.moment().risk(0.9, -1000, 0));
        assertThat(target.shift()).isEqualTo(50);
        assertThat(target.is(QuoteMark.MOST_SHIFT)).isTrue();
    }

    @Test
    void aQuoteThatWouldTakeIsMovedOutOfTheBook() {
        // Long: the ask wants to be below the best bid of the others.
        quote(Contracted.moment().risk(0.9, 8, 0).book(6_000_000, 6_000_010));
        assertThat(target.ticks(Side.SELL, 0)).isEqualTo(6_000_010);
        assertThat(target.is(QuoteMark.POST_ONLY_ASK)).isTrue();
        quote(Contracted.moment().risk(0.9, -8, 0).book(6_000_000, 6_000_010));
        assertThat(target.ticks(Side.BUY, 0)).isEqualTo(6_000_000);
        assertThat(target.is(QuoteMark.POST_ONLY_BID)).isTrue();
    }

    @Test
    void theLimitOfThePositionTakesASideAway() {
        quote(Contracted.moment().risk(0.9, 0, 200));
        assertThat(target.quotes(Side.BUY)).isFalse();
        assertThat(target.ticks(Side.BUY, 0)).isZero();
        assertThat(target.quotes(Side.SELL)).isTrue();
        assertThat(target.is(QuoteMark.POSITION_BID)).isTrue();
        quote(Contracted.moment().risk(0.9, 0, -300));
        assertThat(target.quotes(Side.SELL)).isFalse();
        assertThat(target.lots(Side.BUY, 0)).isEqualTo(50);
    }

    @Test
    void nearTheLimitTheRoomThatIsLeftIsQuotedInWholeSteps() {
        quote(Contracted.moment().risk(0.9, 0, 177));
        assertThat(target.lots(Side.BUY, 0)).isEqualTo(20);
        assertThat(target.is(QuoteMark.POSITION_BID)).isTrue();
        quote(Contracted.moment().risk(0.9, 0, 193));
        assertThat(target.quotes(Side.BUY))
                .as("7 lots are below the least order")
                .isFalse();
    }

    @Test
    void severalLevelsShareTheRoom() {
        Quoter quoter = Quoter.of(CONTRACT, Contracted.levels(MODEL, 3, 2));
        quoter.quote(Contracted.moment().risk(0.9, 0, 120), target);
        assertThat(target.lots(Side.BUY, 0)).isEqualTo(50);
        assertThat(target.lots(Side.BUY, 1)).isEqualTo(30);
        assertThat(target.lots(Side.BUY, 2)).isZero();
        assertThat(target.ticks(Side.SELL, 1) - target.ticks(Side.SELL, 0)).isEqualTo(1200);
        assertThat(target.levels()).isEqualTo(3);
    }

    @Test
    void aSizeBelowTheLeastOrderQuotesNothing() {
        quote(Contracted.moment().multipliers(1, BreakerState.RESTRICTED));
        assertThat(target.is(QuoteMark.TOO_SMALL)).isTrue();
        assertThat(target.quotes(Side.BUY) || target.quotes(Side.SELL)).isFalse();
    }

    @Test
    void whatIsNoUsableNumberQuotesNothing() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -1}) {
            quote(Contracted.moment().fair(bad, 6));
            assertThat(target.is(QuoteMark.NO_NUMBER)).as("fair " + bad).isTrue();
            quote(Contracted.moment().fair(60_000, bad));
            assertThat(target.is(QuoteMark.NO_NUMBER)).as("basis point " + bad).isTrue();
            quote(Contracted.moment().multipliers(bad, BreakerState.NORMAL));
            assertThat(target.is(QuoteMark.NO_NUMBER)).as("regime " + bad).isTrue();
            assertThat(target.quotes(Side.BUY) || target.quotes(Side.SELL)).isFalse();
        }
        quote(Contracted.moment().risk(Double.NaN, 0, 0));
        assertThat(target.is(QuoteMark.NO_NUMBER)).isTrue();
        quote(Contracted.moment().risk(1, Double.NaN, 0));
        assertThat(target.is(QuoteMark.NO_NUMBER)).isTrue();
    }

    @Test
    void anOptionNearNothingHasNoBid() {
        quote(QuoteMoment.empty().fair(0.05, 6).risk(0.9, 0, 0));
        assertThat(target.quotes(Side.BUY)).isFalse();
        assertThat(target.is(QuoteMark.NO_PRICE_BID)).isTrue();
        assertThat(target.quotes(Side.SELL)).isTrue();
    }

    @Test
    void everyQuoteSaysWhy() {
        quote(Contracted.moment().risk(0.9, 0.1, 50).multipliers(1.5, BreakerState.WARNING));
        assertThat(target.text(CONTRACT.instrument()))
                .startsWith("bid 0.025 at 599")
                .contains("fair 60000.0, shift -", "for inventory 0.100000 at volatility 0.900000 bp")
                .contains("x regime 1.50000 x breaker 1.50000 = ");
        quote(Contracted.moment().multipliers(1, BreakerState.HALTED));
        assertThat(target.text(CONTRACT.instrument()))
                .startsWith("bid none, ask none")
                .endsWith("BREAKER");
    }
}
