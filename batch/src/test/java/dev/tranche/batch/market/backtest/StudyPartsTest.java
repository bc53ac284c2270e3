package dev.tranche.batch.market.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Bar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Days, claims and stress paths, by hand.
class StudyPartsTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;

    private static RandomGenerator chance(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Test
    void aReadingAtMidnightClosesItsDay() {
        Series series = new Series(1);
        double[] equity = {100, 103, 101, 106, 104};
        long[] at = {20 * DAY, 20 * DAY + 12 * HOUR, 21 * DAY, 21 * DAY + HOUR, 22 * DAY};
        for (int i = 0; i < at.length; i++) {
            series.set(series.add(at[i]), 0, equity[i]);
        }
        // The first reading, at midnight, belongs to the day before it.
        assertThat(Days.of(series, 0))
                .containsExactly(new Days.Day(19, 0, 0), new Days.Day(20, 1, 12), new Days.Day(21, 3, 23));
        assertThat(Days.whole(Days.of(series, 0))).hasSize(1);
    }

    @Test
    void theDeepestFallIsFromTheHighestSoFar() {
        assertThat(Days.drawdown(new double[] {100, 120, 90, 110, 60, 200})).isCloseTo(0.5, within(1e-12));
        assertThat(Days.drawdown(new double[] {100, 101, 102})).isZero();
        assertThat(Days.sharpe(new double[] {1, 3})).isCloseTo(2 / Math.sqrt(2) * Math.sqrt(365), within(1e-9));
        assertThat(Days.sharpe(new double[] {1, 1})).isNaN();
    }

    private static Arm arm(double[] profits, double[] quoted) {
        return new Arm(
                1000,
                Arrays.stream(profits).boxed().toList(),
                Arrays.stream(quoted).boxed().toList());
    }

    @Test
    void claimsAreMeasuredAsTheySay() {
        Arm off = arm(new double[] {-40, 20, -20, 40}, new double[] {100, 100, 100, 100});
        Arm on = arm(new double[] {-20, 10, -10, 20}, new double[] {100, 200, 100, 200});
        int[] once = {1, 1, 1, 1};
        assertThat(Claim.VOLATILITY.improvement(on, off, once)).isCloseTo(0.5, within(1e-12));
        assertThat(Claim.CAPACITY.improvement(on, off, once)).isCloseTo(0.5, within(1e-12));
        assertThat(Claim.SHARPE.improvement(on, off, once)).isCloseTo(0, within(1e-12));
        // One day of four is extreme: the loss of 40; the other desk has no day as bad.
        assertThat(Claim.limit(off)).isEqualTo(-40);
        assertThat(Claim.EXTREMES.improvement(on, off, once)).isEqualTo(1);
        assertThat(Claim.EXTREMES.improvement(on, off, new int[] {0, 2, 1, 1})).isNaN();
        // 1000, 960, 980, 960, 1000 falls 4 %; half of it is 2 %.
        assertThat(Claim.drawdown(on, off, new int[] {0, 1, 2, 3})).isCloseTo(0.5, within(1e-12));
        assertThat(Claim.DRAWDOWN.text(0.08)).isEqualTo("+8 %");
    }

    @Test
    void aVerdictNeedsTheWholeInterval() {
        RandomGenerator chance = chance(1);
        double[] much = new double[60];
        double[] half = new double[60];
        double[] noise = new double[60];
        double[] quoted = new double[60];
        for (int i = 0; i < 60; i++) {
            much[i] = 10 * chance.nextGaussian();
            half[i] = much[i] / 2;
            noise[i] = much[i] * (0.9 + 0.05 * chance.nextGaussian());
            quoted[i] = 100;
        }
        Finding.Draws draws = new Finding.Draws(3, 2000, 1, 7);
        Finding halved = Finding.of(Claim.VOLATILITY, arm(half, quoted), arm(much, quoted), true, draws);
        assertThat(halved.verdict()).isEqualTo(Finding.Verdict.SUPPORTED);
        assertThat(halved.lowest()).isCloseTo(0.5, within(1e-9));
        Finding hardly = Finding.of(Claim.VOLATILITY, arm(noise, quoted), arm(much, quoted), true, draws);
        assertThat(hardly.verdict()).isEqualTo(Finding.Verdict.NOT_SUPPORTED);
        assertThat(hardly.lowest()).isLessThanOrEqualTo(hardly.low());
        Finding same = Finding.of(Claim.SHARPE, arm(much, quoted), arm(much, quoted), true, draws);
        assertThat(same.verdict()).isEqualTo(Finding.Verdict.NOT_TESTABLE);
        assertThat(same.why()).contains("never acted");
        Finding ratio = Finding.of(Claim.SHARPE, arm(half, quoted), arm(noise, quoted), true, draws);
        assertThat(ratio.periods()).isEqualTo(60);
        assertThat(Finding.of(Claim.SHARPE, arm(half, quoted), arm(much, quoted), false, draws)
                        .why())
                .isEqualTo("no whole day");
        assertThat(Finding.of(Claim.DRAWDOWN, arm(half, quoted), arm(much, quoted), true, draws)
                        .estimate())
                .isBetween(0.4, 0.6);
    }

    /// Days of hours, each of which moves by the same thousandth, up on even days and down on odd ones.
    private static List<Bar> hours(int days) {
        List<Bar> bars = new ArrayList<>();
        double price = 100;
        for (int i = 0; i < days * 24; i++) {
            double close = price * (i / 24 % 2 == 0 ? 1.001 : 0.999);
            double high = Math.max(price, close) * 1.001;
            double low = Math.min(price, close) * 0.999;
            bars.add(new Bar(
                    3_600_000L * i, 3_600_000L * (i + 1), price, high, low, close, 10 + i, Double.NaN, Double.NaN));
            price = close;
        }
        return bars;
    }

    @Test
    void aShockIsPutIntoTheThirdOfFiveDaysThatHappened() {
        List<Bar> bars = hours(7);
        StressPaths paths = StressPaths.of(List.of(bars, bars));
        assertThat(paths.windows()).isEqualTo(3);
        assertThat(paths.spread(1)).containsExactly(1);
        assertThat(paths.spread(100)).containsExactly(0, 1, 2);
        assertThat(paths.shockedMillis(1)).isEqualTo(3 * DAY / 1_000_000);

        List<List<Bar>> path = paths.path(1, 5);
        assertThat(path.get(0)).isSameAs(path.get(1)).hasSize(5 * 24);
        for (int i = 0; i < 5 * 24; i++) {
            Bar made = path.getFirst().get(i);
            Bar was = bars.get(24 + i);
            double times = i / 24 == 2 ? 5 : 1;
            assertThat(made.openMillis()).isEqualTo(was.openMillis());
            assertThat(made.volume()).isEqualTo(was.volume());
            assertThat(Math.log(made.close() / made.open()))
                    .isCloseTo(times * Math.log(was.close() / was.open()), within(1e-9));
            assertThat(Math.log(made.high() / Math.max(made.open(), made.close())))
                    .isCloseTo(times * Math.log(1.001), within(1e-9));
            assertThat(made.low()).isLessThan(Math.min(made.open(), made.close()));
        }
        // The days after begin where the shock left the price: nothing jumps.
        assertThat(path.getFirst().get(72).open())
                .isEqualTo(path.getFirst().get(71).close());
    }

    @Test
    void whatAShockCannotBePutIntoIsSaid() {
        List<Bar> four = hours(4);
        assertThat(StressPaths.missing(List.of(four))).contains("a window is of 5 whole days, and there are 4");
        assertThat(StressPaths.missing(List.of(four, hours(5)))).contains("all contracts need bars of the same times");
        assertThat(StressPaths.missing(List.of(hours(5)))).isEmpty();
        assertThatThrownBy(() -> StressPaths.of(List.of(hours(5))).path(0, 0.5))
                .hasMessage("shock must be within 1..20: 0.5");
    }

    @Test
    void whatIsSavedIsSavedInPairs() {
        RandomGenerator chance = chance(2);
        double[] with = new double[40];
        double[] without = new double[40];
        for (int i = 0; i < 40; i++) {
            double both = 100 * chance.nextGaussian();
            with[i] = both + 3 + chance.nextGaussian();
            without[i] = both;
        }
        Finding.Draws draws = new Finding.Draws(3, 2000, 1, 12);
        Saving saving = Saving.of(with, without, draws);
        assertThat(saving.saved()).isCloseTo(3, within(0.6)).isBetween(saving.low(), saving.high());
        assertThat(saving.lowest()).isLessThan(saving.low());
        assertThat(saving.words()).isEqualTo("saves");
        assertThat(Saving.of(without, with, draws).words()).isEqualTo("costs");
        assertThat(Saving.of(with, with, draws).words()).isEqualTo("no difference in any window");
    }

    @Test
    void quantilesOfTheStopwatchAreWithinAnEighth() {
        Stopwatch watch = new Stopwatch();
        for (int i = 1; i <= 1000; i++) {
            watch.add(1000L * i);
        }
        assertThat(watch.quantile(0.5)).isBetween(500_000.0, 570_000.0);
        assertThat(watch.quantile(1)).isEqualTo(1_000_000.0);
        assertThat(watch.count()).isEqualTo(1000);
    }
}
