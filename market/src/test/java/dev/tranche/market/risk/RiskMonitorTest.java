package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Listed;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RiskMonitorTest {
    private static final int BTC = Listed.BTCUSDT;
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_760_000_000L * SECOND;
    private static final long MID = 50_000_00;

    private final Ledger ledger = Ledger.of(Listed.ALL, 1, 1_024, Duration.ofSeconds(10));
    private final PreTrade gate = PreTrade.of(Listed.ALL, ledger, 64, PreTradeTest.WIDE);
    private RiskMonitor monitor = monitor(RiskTerms.USUAL);
    private long now = START;

    private RiskMonitor monitor(RiskTerms terms) {
        return RiskMonitor.of(Listed.ALL, ledger, gate, terms, BreakerLimits.SEED, START);
    }

    private void capital(long dollars) {
        ledger.index(ledger.currencies().indexOf("USDT"), 1);
        ledger.deposit(ledger.currencies().indexOf("USD"), dollars * 100_000_000L);
    }

    private boolean price(long ticks) {
        gate.reference(now, BTC, ticks);
        ledger.mark(now, BTC, ticks);
        return monitor.step(now);
    }

    private void buy(long lots) {
        ledger.fill(now, 0, BTC, now, Side.BUY, MID, lots, 0, Intent.QUOTE);
    }

    @Test
    void aFlatAccountHasNoRisk() {
        capital(100_000);
        assertThat(price(MID)).isFalse();
        assertThat(monitor.reading()).isEqualTo(RiskReading.NONE);
        assertThat(monitor.equity()).isEqualTo(100_000);
    }

    @Test
    void onePositionIsAConcentrationAndItsRiskIsAssumedUntilItIsMeasured() {
        capital(100_000);
        buy(300);
        price(MID);
        // 0.3 coins at 50,000 are 15,000 dollars; 5 % a day is assumed.
        assertThat(monitor.reading().concentration()).isCloseTo(0.15, within(1e-12));
        assertThat(monitor.reading().valueAtRisk95()).isCloseTo(0.15 * 0.05 * 1.6448536, within(1e-8));
        assertThat(monitor.reading().valueAtRisk99()).isCloseTo(0.15 * 0.05 * 2.3263479, within(1e-8));
    }

    @Test
    void aHedgeInAnotherContractOfTheSameAssetIsNoSecondConcentration() {
        capital(100_000);
        buy(600);
        price(MID);
        double alone = monitor.reading().concentration();
        ledger.index(ledger.currencies().indexOf("BTC"), 50_000);
        ledger.fill(now, 0, Listed.INVERSE, now, Side.SELL, 50_000_0, 20_000, 0, Intent.HEDGE);
        gate.reference(now, Listed.INVERSE, 50_000_0);
        ledger.mark(now, Listed.INVERSE, 50_000_0);
        price(MID);
        assertThat(alone).isCloseTo(0.3, within(1e-12));
        assertThat(monitor.reading().concentration()).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void theValueAtRiskIsThatOfThePortfolioAsItStands() {
        capital(100_000);
        buy(300);
        RandomGenerator chance = Trials.chance(7);
        long ticks = MID;
        for (int minute = 0; minute < 1_500; minute++) {
            ticks = Math.round(ticks * (1 + 0.001 * chance.nextGaussian()));
            now += 60 * SECOND;
            price(ticks);
        }
        // A tenth of a percent a minute is 3.8 % a day.
        double share = 0.3 * ticks / 100 / monitor.equity();
        double day = share * 0.001 * Math.sqrt(1_440) * 1.6448536;
        assertThat(monitor.reading().valueAtRisk95()).isBetween(day, 1.5 * day);
        assertThat(monitor.reading().valueAtRisk99())
                .isGreaterThan(monitor.reading().valueAtRisk95());
        double before = monitor.reading().valueAtRisk95();
        ledger.fill(now, 0, BTC, now, Side.SELL, ticks, 150, 0, Intent.QUOTE);
        price(ticks);
        assertThat(monitor.reading().valueAtRisk95()).isCloseTo(before / 2, within(before / 100));
    }

    @Test
    void aLossMovesTheBreakerAndTheGateAndOnlyAPersonEndsAKill() {
        capital(100_000);
        buy(300);
        price(MID);
        assertThat(monitor.state()).isEqualTo(BreakerState.NORMAL);
        now += SECOND;
        assertThat(price(MID * 2 / 3)).isTrue();
        assertThat(monitor.reading().dailyLoss()).isCloseTo(0.05, within(1e-6));
        assertThat(monitor.state()).isEqualTo(BreakerState.WARNING);
        assertThat(gate.breaker()).isEqualTo(BreakerState.WARNING);
        monitor.kill(now, "ada", "rehearsal");
        assertThat(gate.breaker()).isEqualTo(BreakerState.KILLED);
        now += 3_600 * SECOND;
        price(MID);
        assertThat(gate.breaker()).isEqualTo(BreakerState.KILLED);
        monitor.release(now, "ada", "over");
        assertThat(gate.breaker()).isEqualTo(BreakerState.RESTRICTED);
    }

    @Test
    void whatCannotBeMeasuredIsCritical() {
        capital(100_000);
        buy(1);
        gate.reference(now, BTC, MID);
        monitor.step(now);
        // No mark: equity is unknown, and with it everything.
        assertThat(monitor.reading().drawdown()).isNaN();
        assertThat(monitor.state()).isEqualTo(BreakerState.HALTED);
    }

    @Test
    void aShortOptionIsRiskierThanItsDeltaSays() {
        capital(1_000_000);
        ledger.index(ledger.currencies().indexOf("BTC"), 50_000);
        gate.reference(now, Listed.INVERSE, 50_000_0);
        gate.reference(now, Listed.OPTION, 500);
        ledger.mark(now, Listed.OPTION, 500);
        gate.greeks(Listed.OPTION, 0.05, 2e-6, 3);
        ledger.fill(now, 0, Listed.OPTION, 1, Side.SELL, 500, 10, 0, Intent.QUOTE);
        monitor.step(now);
        double move = 0.05 * 1.6448536;
        double delta = 0.5 * 50_000 * move;
        double gamma = 0.5 * 2e-5 * Math.pow(50_000 * move, 2);
        assertThat(monitor.reading().valueAtRisk95() * monitor.equity()).isCloseTo(delta + gamma, within(0.01));
    }

    @Test
    void aBreakerThatOnlyWatchesTellsAndRestrainsNothingButAfterAKill() {
        monitor = monitor(RiskTerms.USUAL.watching());
        capital(100_000);
        buy(300);
        price(MID);
        now += SECOND;
        price(MID / 2);
        assertThat(monitor.breaker().state()).isNotEqualTo(BreakerState.NORMAL);
        assertThat(monitor.state()).isEqualTo(BreakerState.NORMAL);
        assertThat(gate.breaker()).isEqualTo(BreakerState.NORMAL);
        monitor.kill(now, "ada", "rehearsal");
        assertThat(gate.breaker()).isEqualTo(BreakerState.KILLED);
    }

    @Test
    void theSameInputsGiveTheSameHash() {
        capital(100_000);
        price(MID);
        long before = monitor.hash();
        assertThat(price(MID)).isFalse();
        assertThat(monitor.hash()).isEqualTo(before);
        now += 60 * SECOND;
        price(MID);
        assertThat(monitor.hash()).isNotEqualTo(before);
    }
}
