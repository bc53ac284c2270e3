package dev.tranche.market.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EquityTrackTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long DAY = 1_440 * MINUTE;
    private static final long NOON = 20_000 * DAY + DAY / 2;

    private final EquityTrack track = EquityTrack.begin();

    @Test
    void drawdownIsAShareOfEquityNotOfProfit() {
        track.look(NOON, 100_000.5, 100_000);
        track.look(NOON + 1, 99_999.5, 100_000);
        // Of profit this would be 200 %.
        assertThat(track.drawdown()).isCloseTo(1 / 100_000.5, within(1e-15));
        assertThat(track.dailyLoss()).isCloseTo(1 / 100_000.5, within(1e-15));
        track.look(NOON + 2, 110_000, 100_000);
        assertThat(track.drawdown()).isZero();
        assertThat(track.dailyLoss()).isNegative();
    }

    @Test
    void capitalPaidInOrOutIsNeitherGainNorLoss() {
        track.look(NOON, 1_000, 1_000);
        track.look(NOON + 1, 900, 1_000);
        track.look(NOON + 2, 1_900, 2_000);
        assertThat(track.drawdown()).isCloseTo(0.05, within(1e-15));
        assertThat(track.profit24h()).isEqualTo(-100);
        assertThat(track.highest()).isEqualTo(2_000);
    }

    @Test
    void theDayBeginsAtMidnightWithWhatWasLastKnown() {
        track.look(NOON, 1_000, 1_000);
        track.look(NOON + DAY / 2 - 1, 1_100, 1_000);
        track.look(NOON + DAY / 2 + 3 * MINUTE, 1_045, 1_000);
        assertThat(track.dailyLoss()).isCloseTo(0.05, within(1e-15));
        assertThat(track.profitToday()).isEqualTo(-55);
        assertThat(track.startOfDay()).isEqualTo(1_100);
        track.look(NOON + DAY, 1_045, 1_000);
        assertThat(track.startOfDay()).isEqualTo(1_100);
        assertThat(track.profitToday()).isEqualTo(-55);
    }

    @Test
    void profitOfADayIsAgainstTheMinuteADayAgo() {
        for (int minute = 0; minute <= 3_000; minute++) {
            track.look(NOON + minute * MINUTE, 1_000 + minute, 1_000);
            assertThat(track.profit24h()).isEqualTo(Math.min(minute, 1_441));
        }
        track.look(NOON + 100 * DAY, 5_000, 1_000);
        assertThat(track.profit24h()).as("after a long silence").isEqualTo(1_000);
    }

    @Test
    void whatIsUnknownIsSaidSoAndForgottenOnceItIsKnownAgain() {
        assertThat(track.drawdown()).isNaN();
        track.look(NOON, 1_000, 1_000);
        track.look(NOON + 1, Double.NaN, 1_000);
        assertThat(track.drawdown()).isNaN();
        assertThat(track.dailyLoss()).isNaN();
        track.look(NOON + 2, 990, 1_000);
        assertThat(track.drawdown()).isCloseTo(0.01, within(1e-15));
        track.look(NOON + 3, -5, 1_000);
        assertThat(track.drawdown()).as("all is lost").isGreaterThan(1).isFinite();
    }
}
