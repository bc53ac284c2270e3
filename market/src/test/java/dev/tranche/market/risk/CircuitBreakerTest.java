package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final RiskReading ONE_WARNING = new RiskReading(0.06, 0, 0, 0, 0);
    private static final RiskReading TWO_WARNINGS = new RiskReading(0.06, 0.09, 0, 0, 0);
    private static final RiskReading ONE_CRITICAL = new RiskReading(0.11, 0, 0, 0, 0);
    private static final RiskReading TWO_CRITICAL = new RiskReading(0.11, 0.16, 0, 0, 0);

    private static CircuitBreaker after(CircuitBreaker breaker, RiskReading reading, long seconds) {
        return breaker.on(reading, BreakerLimits.SEED, START.plusSeconds(seconds));
    }

    private static CircuitBreaker fresh() {
        return CircuitBreaker.closed(START);
    }

    @Test
    void violationsLeadWhereTheSeedSays() {
        assertThat(after(fresh(), RiskReading.NONE, 1).state()).isEqualTo(BreakerState.NORMAL);
        assertThat(after(fresh(), ONE_WARNING, 1).state()).isEqualTo(BreakerState.WARNING);
        assertThat(after(fresh(), TWO_WARNINGS, 1).state()).isEqualTo(BreakerState.RESTRICTED);
        assertThat(after(fresh(), ONE_CRITICAL, 1).state()).isEqualTo(BreakerState.RESTRICTED);
        assertThat(after(after(fresh(), ONE_CRITICAL, 1), ONE_CRITICAL, 2).state())
                .isEqualTo(BreakerState.HALTED);
        assertThat(after(fresh(), TWO_CRITICAL, 1).state()).isEqualTo(BreakerState.HALTED);
    }

    @Test
    void aWarningThatStandsLongerThanThePatienceRestricts() {
        CircuitBreaker breaker = after(fresh(), ONE_WARNING, 1);

        assertThat(after(breaker, ONE_WARNING, 61).state()).isEqualTo(BreakerState.WARNING);
        assertThat(after(breaker, ONE_WARNING, 62).state()).isEqualTo(BreakerState.RESTRICTED);
    }

    @Test
    void recoveryTakesOneStepForEachCooldownWithoutAViolation() {
        CircuitBreaker breaker = after(fresh(), TWO_CRITICAL, 0);
        breaker = after(breaker, RiskReading.NONE, 10);
        assertThat(after(breaker, RiskReading.NONE, 309).state()).isEqualTo(BreakerState.HALTED);
        breaker = after(breaker, RiskReading.NONE, 310);
        assertThat(breaker.state()).isEqualTo(BreakerState.RESTRICTED);
        assertThat(after(breaker, RiskReading.NONE, 609).state()).isEqualTo(BreakerState.RESTRICTED);
        breaker = after(breaker, RiskReading.NONE, 610);
        assertThat(breaker.state()).isEqualTo(BreakerState.WARNING);
        assertThat(after(breaker, RiskReading.NONE, 910).state()).isEqualTo(BreakerState.NORMAL);
    }

    @Test
    void aViolationOnTheWayStartsTheCooldownAnew() {
        CircuitBreaker breaker = after(fresh(), TWO_CRITICAL, 0);
        breaker = after(breaker, RiskReading.NONE, 200);
        breaker = after(breaker, ONE_WARNING, 250);
        breaker = after(breaker, RiskReading.NONE, 260);

        assertThat(after(breaker, RiskReading.NONE, 510).state()).isEqualTo(BreakerState.HALTED);
        assertThat(after(breaker, RiskReading.NONE, 560).state()).isEqualTo(BreakerState.RESTRICTED);
    }

    @Test
    void whatCouldNotBeMeasuredIsCritical() {
        CircuitBreaker breaker = after(fresh(), new RiskReading(Double.NaN, 0, 0, 0, 0), 1);

        assertThat(breaker.state()).isEqualTo(BreakerState.RESTRICTED);
        assertThat(breaker.why()).isEqualTo("daily_loss is critical: could not be measured");
    }

    @Test
    void aKillIsLeftOnlyByAReleaseThatIsSigned() {
        CircuitBreaker killed = fresh().kill("Ada", "fat finger", START);
        for (int day = 0; day < 10; day++) {
            killed = after(killed, RiskReading.NONE, day * 86_400L);
        }
        CircuitBreaker last = killed;

        assertThat(last.state()).isEqualTo(BreakerState.KILLED);
        assertThat(last.why()).isEqualTo("killed by Ada: fat finger");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.release(" ", "all clear", START))
                .withMessageContaining("need a name");
        assertThat(last.release("Grace", "checked", START).state()).isEqualTo(BreakerState.RESTRICTED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fresh().release("Grace", "checked", START))
                .withMessage("only a kill is released: NORMAL");
    }

    @Test
    void cancelsPassInEveryStateAndNothingGrowsOnceItIsRestricted() {
        for (BreakerState state : BreakerState.values()) {
            assertThat(state.allows(Activity.CANCEL)).isTrue();
            boolean restrained = state.compareTo(BreakerState.RESTRICTED) >= 0;
            assertThat(state.allows(Activity.NEW_POSITION)).isEqualTo(!restrained);
            assertThat(state.allows(Activity.MARKET_MAKING)).isEqualTo(!restrained);
        }
        assertThat(BreakerState.RESTRICTED.allows(Activity.HEDGING)).isTrue();
        assertThat(BreakerState.HALTED.allows(Activity.HEDGING)).isFalse();
        assertThat(BreakerState.HALTED.allows(Activity.LIQUIDATION)).isTrue();
        assertThat(BreakerState.KILLED.allows(Activity.LIQUIDATION)).isFalse();
    }

    @Test
    void whateverIsReadTheStateNeverLiesBelowWhatTheReadingAsksAndFallsByOneStepOnly() {
        Random random = new Random(42);
        CircuitBreaker breaker = fresh();
        long seconds = 0;
        for (int i = 0; i < 20_000; i++) {
            seconds += random.nextInt(400);
            double scale = random.nextInt(4) == 0 ? 0.12 : 0.02;
            RiskReading reading = new RiskReading(
                    scale * random.nextDouble(),
                    scale * random.nextDouble(),
                    scale * random.nextDouble(),
                    scale * random.nextDouble(),
                    scale * random.nextDouble());
            CircuitBreaker next = after(breaker, reading, seconds);
            BreakerState asked = after(CircuitBreaker.closed(START.plusSeconds(seconds)), reading, seconds)
                    .state();
            assertThat(next.state()).isGreaterThanOrEqualTo(asked);
            assertThat(next.state()).isGreaterThanOrEqualTo(breaker.state().calmer());
            assertThat(next.state().spreadMultiplier() >= 1).isTrue();
            breaker = next;
        }
    }

    @Test
    void limitsThatDoNotRiseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreakerLimits(
                        0.2,
                        0.1,
                        0.08,
                        0.15,
                        0.05,
                        0.1,
                        0.2,
                        0.3,
                        BreakerLimits.SEED.cooldown(),
                        BreakerLimits.SEED.patience()))
                .withMessage("dailyLoss must have 0 < warning <= limit <= 1: 0.2, 0.1");
    }
}
