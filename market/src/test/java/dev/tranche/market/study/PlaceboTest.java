package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.study.PlaceboFindings.Control;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import dev.tranche.market.study.PlaceboFindings.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlaceboTest {
    private static final Settings SETTINGS = Settings.STANDARD;
    private static final List<StudyBars> BARS =
            List.of(Markets.study("BTCUSDT", Markets.noise(20_000, Trials.chance(77))));

    /// The mistake of seed 003's system: an event is told as if it had been known at its pivot.
    private static final Detection STAMPS_THE_PIVOT =
            (bars, parameters) -> Detection.STANDARD.events(bars, parameters).stream()
                    .map(event -> confirmed(event, event.pivotMillis()))
                    .toList();

    /// A subtler one: events are told in time, but one bar of the future decides which.
    private static final Detection LOOKS_ONE_BAR_AHEAD =
            (bars, parameters) -> Detection.STANDARD.events(bars, parameters).stream()
                    .filter(event -> {
                        int bar = bars.barClosedAt(event.confirmedMillis());
                        double next = bars.forward(bar, 1);
                        return Double.isNaN(next) || next * event.kind().sign() >= 0;
                    })
                    .toList();

    /// Events are told half a pivot too early.
    private static final Detection HALF_A_PIVOT_EARLY =
            (bars, parameters) -> Detection.STANDARD.events(bars, parameters).stream()
                    .map(event -> confirmed(event, event.confirmedMillis() - parameters.swingL() / 2 * bars.interval()))
                    .toList();

    private static DivergenceEvent confirmed(DivergenceEvent event, long millis) {
        return new DivergenceEvent(
                event.source(),
                event.kind(),
                event.first(),
                event.second(),
                event.confirmedBar(),
                millis,
                event.flows(),
                event.score());
    }

    @Test
    void theRightDetectorIsNoBetterThanChanceWhereThereIsNothingToFind() {
        for (long seed = 1; seed <= 2; seed++) {
            PlaceboFindings found = Placebo.run(BARS, Parameters.SEED, SETTINGS, seed);
            assertThat(found.verdict()).as("seed %d", seed).isEqualTo(Verdict.WITHIN);
            assertThat(found.judged()).hasSizeGreaterThan(30);
        }
    }

    @Test
    void detectorsThatPeekFail() {
        for (Detection peeking : List.of(STAMPS_THE_PIVOT, LOOKS_ONE_BAR_AHEAD, HALF_A_PIVOT_EARLY)) {
            PlaceboFindings found = Placebo.run(BARS, Parameters.SEED, SETTINGS, 1, peeking);
            assertThat(found.verdict(Control.RANDOM_WALK)).isEqualTo(Verdict.OUTSIDE);
            assertThat(found.verdict()).isEqualTo(Verdict.OUTSIDE);
        }
    }

    @Test
    void timedFromThePivotNoiseLooksPerfect() {
        PlaceboFindings found = Placebo.run(BARS, Parameters.SEED, SETTINGS, 2);
        assertThat(found.illusions()).hasSize(4);
        for (PlaceboFindings.Illusion illusion : found.illusions()) {
            // Ten bars lie within the half-width of twelve: the pivot itself makes sure of the sign.
            assertThat(illusion.hitRate()).isGreaterThan(illusion.horizon() == 10 ? 0.999 : 0.75);
        }
        assertThat(Placebo.run(BARS, Parameters.SEED, SETTINGS, 2)).isEqualTo(found);
    }

    @Test
    void whereNothingWasMeasuredNothingIsPassed() {
        List<StudyBars> few = List.of(Markets.study("BTCUSDT", Markets.noise(300, Trials.chance(1))));
        PlaceboFindings found = Placebo.run(few, Parameters.SEED, SETTINGS, 1);
        assertThat(found.verdict(Control.RANDOM_WALK)).isEqualTo(Verdict.WITHIN);
        assertThat(found.verdict(Control.SHUFFLED_INDICATORS)).isEqualTo(Verdict.UNMEASURED);
        assertThat(found.verdict()).isEqualTo(Verdict.UNMEASURED);
        assertThat(found.cells())
                .filteredOn(PlaceboCell.TooSmall.class::isInstance)
                .first()
                .asString()
                .contains("n too small");
    }

    /// At 99.9 % and two controls, 2 of 1000 runs are expected to fail; a level of 95 % shows in few runs
    /// whether the band is as wide as it says.
    @Test
    @Tag("long")
    void theBandHoldsAsOftenAsItSays() {
        int outside = 0;
        int runs = 60;
        for (int seed = 1; seed <= runs; seed++) {
            List<StudyBars> bars = List.of(Markets.study("BTCUSDT", Markets.noise(20_000, Trials.chance(5000 + seed))));
            PlaceboFindings found = Placebo.run(bars, Parameters.SEED, SETTINGS, seed, Detection.STANDARD, 0.95);
            for (Control control : Control.values()) {
                outside += found.verdict(control) == Verdict.OUTSIDE ? 1 : 0;
            }
        }
        // 6 of 120 are expected; more than 12 have a chance of 0.9 %.
        assertThat(outside).isLessThanOrEqualTo(12);
    }
}
