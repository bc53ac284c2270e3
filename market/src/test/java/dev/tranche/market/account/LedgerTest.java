package dev.tranche.market.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int A = 0;
    private static final int B = 1;
    private static final int BTC = 0;

    private final Ledger ledger = Ledger.of(Listed.ALL, 2, 64, Duration.ofSeconds(10));
    private long trade;

    private Booking fill(int strategy, int contract, Side side, long ticks, long lots, Intent intent) {
        return ledger.fill(0, strategy, contract, ++trade, side, ticks, lots, 0, intent);
    }

    private double whole(Part part, int contract) {
        return ledger.amount(part, ledger.whole(), contract);
    }

    @Test
    void aPositionThatFlipsThroughZeroRealisesWhatItClosedAndCostsWhatItOpened() {
        fill(A, BTC, Side.BUY, 60_000_00, 2_000, Intent.QUOTE);
        fill(A, BTC, Side.BUY, 60_100_00, 1_000, Intent.QUOTE);
        fill(A, BTC, Side.SELL, 60_200_00, 5_000, Intent.QUOTE);
        ledger.mark(0, BTC, 60_150_00);

        assertThat(ledger.lots(A, BTC)).isEqualTo(-2_000);
        assertThat(ledger.entry(A, BTC)).isEqualTo(60_200);
        // 2 (60200 - 60000) + 1 (60200 - 60100) closed; 2 open at 60200.
        assertThat(whole(Part.REALISED, BTC)).isEqualTo(500);
        assertThat(whole(Part.UNREALISED, BTC)).isEqualTo(100);
        assertThat(whole(Part.TOTAL, BTC)).isEqualTo(600);
    }

    @Test
    void anInversePositionGainsCoinsByTheReciprocalOfThePrice() {
        fill(A, Listed.INVERSE, Side.BUY, 50_000_0, 100_000, Intent.QUOTE);
        ledger.mark(0, Listed.INVERSE, 62_500_0);

        // 100,000 dollars: 2 coins at 50,000, 1.6 at 62,500.
        assertThat(whole(Part.TOTAL, Listed.INVERSE)).isCloseTo(0.4, within(1e-10));
        assertThat(ledger.entry(A, Listed.INVERSE)).isCloseTo(50_000, within(1e-6));
        fill(A, Listed.INVERSE, Side.BUY, 100_000_0, 100_000, Intent.QUOTE);
        assertThat(ledger.entry(A, Listed.INVERSE)).as("harmonic mean").isCloseTo(200_000 / 3.0, within(1e-6));
    }

    @Test
    void anOptionIsPaidOutInCoinAndLateFillsAreToo() {
        fill(A, Listed.OPTION, Side.SELL, 500, 100, Intent.QUOTE);
        ledger.mark(0, Listed.OPTION, 300);
        assertThat(whole(Part.TOTAL, Listed.OPTION)).isEqualTo(0.2);

        assertThat(ledger.settle(1, Listed.OPTION, 75_000_0)).isEqualTo(Booking.BOOKED);
        assertThat(ledger.lots(A, Listed.OPTION)).isZero();
        // Ten calls struck at 60,000 and delivered at 75,000 pay (75000 - 60000) / 75000 of a coin each.
        assertThat(whole(Part.TOTAL, Listed.OPTION)).isCloseTo(0.5 - 2, within(1e-14));
        assertThat(whole(Part.UNREALISED, Listed.OPTION)).isZero();

        fill(B, Listed.OPTION, Side.BUY, 1_000, 100, Intent.HEDGE);
        assertThat(ledger.lots(B, Listed.OPTION)).isZero();
        assertThat(ledger.amount(Part.TOTAL, B, Listed.OPTION)).isCloseTo(2 - 1, within(1e-14));
        assertThat(ledger.settle(2, Listed.OPTION, 75_000_0)).isEqualTo(Booking.REPEATED);
        assertThat(ledger.settle(2, Listed.OPTION, 75_000_1)).isEqualTo(Booking.CONFLICTING);
        assertThat(ledger.settle(2, Listed.PUT, 75_000_0)).isEqualTo(Booking.BOOKED);
        assertThat(whole(Part.TOTAL, Listed.PUT)).isZero();
    }

    @Test
    void aQuoteEarnsItsSpreadLosesToTheInformedAndCarriesTheRestAsInventory() {
        ledger.mark(0, BTC, 60_000_00);
        fill(A, BTC, Side.BUY, 59_990_00, 1_000, Intent.QUOTE);
        fill(A, BTC, Side.SELL, 59_999_00, 1_000, Intent.HEDGE);
        ledger.mark(9 * SECOND, BTC, 59_994_00);
        ledger.mark(11 * SECOND, BTC, 59_970_00);

        assertThat(whole(Part.SPREAD, BTC)).isEqualTo(10);
        assertThat(whole(Part.ADVERSE, BTC)).isEqualTo(-6);
        assertThat(whole(Part.INVENTORY, BTC)).isEqualTo(-24);
        assertThat(whole(Part.HEDGE, BTC)).isEqualTo(29);
        assertThat(whole(Part.TOTAL, BTC)).isEqualTo(9);
    }

    @Test
    void aRepetitionIsToldFromAConflictAndFromWhatNobodyRemembers() {
        assertThat(ledger.fill(0, A, BTC, 7, Side.BUY, 100, 5, 1, Intent.QUOTE)).isEqualTo(Booking.BOOKED);
        assertThat(ledger.fill(1, B, BTC, 7, Side.BUY, 100, 5, 1, Intent.HEDGE)).isEqualTo(Booking.REPEATED);
        assertThat(ledger.fill(1, A, BTC, 7, Side.SELL, 100, 5, 1, Intent.QUOTE))
                .isEqualTo(Booking.CONFLICTING);
        assertThat(ledger.fill(1, A, BTC, 7, Side.BUY, 101, 5, 1, Intent.QUOTE)).isEqualTo(Booking.CONFLICTING);
        for (int id = 100; id < 164; id++) {
            ledger.fill(2, A, BTC, id, Side.BUY, 100, 1, 0, Intent.QUOTE);
        }
        assertThat(ledger.lots(A, BTC)).isEqualTo(69);
        // Forgotten: number 7 may be a repetition, number 6 too; 164 cannot be.
        assertThat(ledger.fill(3, A, BTC, 7, Side.BUY, 100, 5, 1, Intent.QUOTE)).isEqualTo(Booking.UNDECIDED);
        assertThat(ledger.fill(3, A, BTC, 6, Side.BUY, 100, 5, 1, Intent.QUOTE)).isEqualTo(Booking.UNDECIDED);
        assertThat(ledger.correct(3, BTC, 7, 100, 0, 0)).isEqualTo(Booking.UNDECIDED);
        assertThat(ledger.lots(A, BTC)).isEqualTo(69);
        assertThat(ledger.fill(3, A, BTC, 50, Side.BUY, 100, 5, 1, Intent.QUOTE))
                .isEqualTo(Booking.BOOKED);
    }

    @Test
    void aCorrectionThatComesBeforeItsFillIsKeptForIt() {
        assertThat(ledger.correct(0, BTC, 7, 110, 3, 2)).isEqualTo(Booking.AWAITED);
        assertThat(ledger.correct(0, BTC, 8, 110, 0, 2)).isEqualTo(Booking.AWAITED);
        assertThat(ledger.fill(1, A, BTC, 7, Side.SELL, 100, 5, 1, Intent.QUOTE))
                .isEqualTo(Booking.BOOKED);
        assertThat(ledger.fill(1, A, BTC, 8, Side.SELL, 100, 5, 1, Intent.QUOTE))
                .isEqualTo(Booking.BOOKED);

        assertThat(ledger.lots(A, BTC)).isEqualTo(-3);
        assertThat(ledger.exact(Part.CASH, A, BTC)).isEqualByComparingTo("0.00330");
        assertThat(ledger.exact(Part.FEES, A, BTC)).isEqualByComparingTo("0.00000004");
        assertThat(ledger.fill(2, A, BTC, 7, Side.SELL, 100, 5, 1, Intent.QUOTE))
                .isEqualTo(Booking.REPEATED);
    }

    @Test
    void fundingIsSharedByPositionToTheLastUnit() {
        fill(A, BTC, Side.BUY, 100, 3, Intent.QUOTE);
        fill(B, BTC, Side.BUY, 100, 4, Intent.QUOTE);
        ledger.funding(BTC, 1, 100);
        double a = ledger.amount(Part.FUNDING, A, BTC);
        double b = ledger.amount(Part.FUNDING, B, BTC);
        assertThat(List.of(Math.round(a * 1e8), Math.round(b * 1e8)))
                .isIn(List.of(List.of(42L, 58L), List.of(43L, 57L)));

        fill(A, BTC, Side.SELL, 100, 7, Intent.QUOTE);
        ledger.funding(BTC, 2, 9);
        assertThat(ledger.amount(Part.FUNDING, ledger.house(), BTC))
                .as("long 4, short 4")
                .isEqualTo(9e-8);
    }

    @Test
    void fundingThatIsSaidAgainCountsOnceHoweverMuchCameBetween() {
        fill(A, BTC, Side.BUY, 100, 4, Intent.QUOTE);
        for (int due = 200; due > 150; due--) {
            assertThat(ledger.funding(BTC, due, 1)).isEqualTo(Booking.BOOKED);
        }
        for (int due = 151; due <= 300; due++) {
            assertThat(ledger.funding(BTC, due, 1)).isEqualTo(due <= 200 ? Booking.REPEATED : Booking.BOOKED);
        }
        for (int due = 151; due <= 300; due++) {
            assertThat(ledger.funding(BTC, due, 1)).isEqualTo(Booking.REPEATED);
        }
        assertThat(ledger.amount(Part.FUNDING, A, BTC)).isEqualTo(150e-8);
    }

    @Test
    void equityIsUnknownUntilEveryPriceThatItNeedsIs() {
        ledger.deposit(ledger.currencies().indexOf("USDT"), 10_000_00000000L);
        assertThat(ledger.equity()).isNaN();
        ledger.index(ledger.currencies().indexOf("USDT"), 1);
        assertThat(ledger.equity()).isEqualTo(10_000);
        fill(A, Listed.INVERSE, Side.BUY, 50_000_0, 1_000, Intent.QUOTE);
        ledger.mark(0, Listed.INVERSE, 40_000_0);
        assertThat(ledger.equity()).isNaN();
        ledger.index(ledger.currencies().indexOf("BTC"), 40_000);
        // 0.02 coins became 0.025 owed: 0.005 lost, at 40,000.
        assertThat(ledger.equity()).isCloseTo(9_800, within(1e-6));
        fill(A, Listed.OPTION, Side.BUY, 500, 1, Intent.QUOTE);
        assertThat(ledger.equity()).as("an option without a mark").isNaN();
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithTheRange() {
        assertThatThrownBy(() -> ledger.fill(0, 3, BTC, 1, Side.BUY, 1, 1, 0, Intent.QUOTE))
                .hasMessage("strategy must be within 0..2: 3");
        assertThatThrownBy(() -> ledger.fill(0, A, BTC, 1, Side.BUY, 1, 0, 0, Intent.QUOTE))
                .hasMessage("lots must be within 1..9007199254740992: 0");
        assertThatThrownBy(() -> ledger.mark(0, Listed.INVERSE, 0))
                .hasMessage("a price of BTC-PERPETUAL must be within 1.. ticks: 0");
        assertThatThrownBy(() -> ledger.index(0, -1)).hasMessage("usd must be positive and finite, or NaN: -1.0");
        Contract orphan = new Contract(
                new Instrument("BTC-1JAN27-1-C", 4, 1),
                "deribit",
                new Terms.CoinOption("BTC", "BTC-1JAN27", new InverseOption(OptionType.CALL, 1, Listed.EXPIRY)),
                1,
                1,
                1,
                Fees.NONE);
        assertThatThrownBy(() -> Ledger.of(Contracts.of(List.of(orphan)), 1))
                .hasMessage("the underlying of BTC-1JAN27-1-C must be among the contracts: BTC-1JAN27");
    }
}
