package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Bar;
import dev.tranche.market.Trials;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Flows;
import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Pivot;
import dev.tranche.market.divergence.Score;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyTest {
    private static final Settings SETTINGS = Settings.STANDARD.withReplicates(200);

    private static DivergenceEvent event(StudyBars bars, Kind kind, int pivot, int confirmed, double points) {
        Pivot second = new Pivot(pivot, bars.closeMillis(pivot), bars.low(pivot), 0, 0);
        Pivot first = new Pivot(0, bars.closeMillis(0), bars.low(0), 0, 0);
        return new DivergenceEvent(
                Source.CVD,
                kind,
                first,
                second,
                confirmed,
                bars.closeMillis(confirmed),
                new Flows(0, 1, 0),
                new Score(points, 1, 1, 1, 1));
    }

    private static Study saying(StudyBars bars, DivergenceEvent... events) {
        return Study.on(List.of(bars), SETTINGS, (given, parameters) -> List.of(events));
    }

    @Test
    void aPositionIsEnteredAtTheOpenOfTheBarAfterTheConfirmationNotAtThePivot() {
        StudyBars bars = Markets.stairs(100);
        Outcome outcome = saying(bars, event(bars, Kind.BULL, 17, 30, 50))
                .outcomes(Parameters.SEED)
                .getFirst();
        assertThat(outcome.entryMillis()).isEqualTo(bars.openMillis(31));
        assertThat(outcome.gross().get(0)).isCloseTo(141.0 / 131 - 1, within(1e-15));
        assertThat(outcome.gross().get(1)).isCloseTo(151.0 / 131 - 1, within(1e-15));
    }

    @Test
    void aBearEarnsWhatABullLoses() {
        StudyBars bars = Markets.stairs(100);
        Study study =
                saying(bars, event(bars, Kind.HIDDEN_BULL, 17, 30, 50), event(bars, Kind.HIDDEN_BEAR, 17, 30, 50));
        List<Outcome> outcomes = study.outcomes(Parameters.SEED);
        assertThat(outcomes.get(1).gross().get(0))
                .isEqualTo(-outcomes.get(0).gross().get(0));
    }

    @Test
    void outcomesBeyondTheBarsOrAcrossAGapAreUnknown() {
        StudyBars ending = Markets.stairs(45);
        Pass late = saying(ending, event(ending, Kind.BULL, 17, 30, 50)).pass(Parameters.SEED);
        assertThat(late.unfinished()).isEqualTo(1);
        assertThat(late.gross(0, 0)).isPositive();
        assertThat(late.gross(1, 0)).isNaN();

        StudyBars broken = Markets.stairs(100, 33);
        Pass torn = saying(broken, event(broken, Kind.BULL, 17, 30, 50)).pass(Parameters.SEED);
        assertThat(torn.gross(0, 0)).isNaN();
        assertThat(torn.unfinished()).isEqualTo(1);
    }

    @Test
    void conflictsAreCountedButNotJudged() {
        StudyBars bars = Markets.stairs(100);
        Study study = saying(bars, event(bars, Kind.CONFLICT, 17, 30, 50), event(bars, Kind.BULL, 17, 30, 50));
        Findings found = study.findings(study.pass(Parameters.SEED));
        assertThat(found.events()).isEqualTo(2);
        assertThat(found.conflicts()).isEqualTo(1);
        assertThat(found.at(Cell.total(Source.CVD), 10).orElseThrow().n()).isEqualTo(1);
    }

    @Test
    void aCellWithTooFewEventsSaysSoInsteadOfANumber() {
        StudyBars bars = Markets.stairs(100);
        Study study = saying(bars, event(bars, Kind.BULL, 17, 30, 50));
        Findings found = study.findings(study.pass(Parameters.SEED));
        assertThat(found.measured()).isEmpty();
        assertThat(found.at(Cell.total(Source.CVD), 20).orElseThrow()).hasToString("n too small (1 of 30)");
    }

    @Test
    void anAccuracyThatTheDriftExplainsIsNoFinding() {
        List<Bar> rising = new ArrayList<>();
        for (Bar bar : Markets.noise(9000, Trials.chance(5))) {
            double lift = Math.exp(2e-4 * rising.size());
            rising.add(new Bar(
                    bar.openMillis(),
                    bar.closeMillis(),
                    lift * bar.open(),
                    lift * bar.high(),
                    lift * bar.low(),
                    lift * bar.close(),
                    bar.volume(),
                    bar.takerBuyVolume(),
                    bar.orderFlowImbalance()));
        }
        StudyBars bars = Markets.study("BTCUSDT", rising);
        DivergenceEvent[] always = IntStream.range(1, 290)
                .mapToObj(i -> event(bars, Kind.BULL, 30 * i - 13, 30 * i, 50))
                .toArray(DivergenceEvent[]::new);
        Study study = saying(bars, always);
        Findings found = study.findings(study.pass(Parameters.SEED));
        assertThat(found.at(Cell.total(Source.CVD), 20).orElseThrow())
                .isInstanceOfSatisfying(CellFinding.Measured.class, measured -> {
                    assertThat(measured.hitRate()).isGreaterThan(0.6);
                    assertThat(measured.chance()).isCloseTo(measured.hitRate(), within(0.06));
                    assertThat(measured.p()).isGreaterThan(0.05);
                });
    }

    @Test
    void anEventThatIsNotConfirmedAtTheCloseOfABarIsRefused() {
        StudyBars bars = Markets.stairs(100);
        Study study = Study.on(List.of(bars), SETTINGS, (given, parameters) -> {
            DivergenceEvent sound = event(bars, Kind.BULL, 17, 30, 50);
            return List.of(new DivergenceEvent(
                    sound.source(),
                    sound.kind(),
                    sound.first(),
                    sound.second(),
                    30,
                    sound.confirmedMillis() + 1,
                    sound.flows(),
                    sound.score()));
        });
        assertThatThrownBy(() -> study.pass(Parameters.SEED)).hasMessageContaining("at the close of a bar of BTCUSDT");
    }

    @Test
    void theCountsOfACellAreThoseOfItsOutcomes() {
        Study study = Study.on(List.of(Markets.study("BTCUSDT", Markets.noise(6000, Trials.chance(1)))), SETTINGS);
        Pass pass = study.pass(Parameters.SEED);
        List<Outcome> outcomes = study.outcomes(Parameters.SEED);
        for (CellFinding.Measured measured : study.findings(pass).measured()) {
            int index = SETTINGS.horizons().indexOf(measured.horizon());
            double[] gains = outcomes.stream()
                    .filter(one -> measured.cell().holds(one.event().source(), one.session(), one.liquidity()))
                    .mapToDouble(one -> one.gross().get(index))
                    .filter(gain -> !Double.isNaN(gain))
                    .toArray();
            assertThat(measured.n()).isEqualTo(gains.length);
            long hits = Arrays.stream(gains).filter(gain -> gain > 0).count();
            assertThat(measured.hits()).isEqualTo((int) hits);
            double mean = Arrays.stream(gains).average().orElseThrow();
            assertThat(measured.gross()).isCloseTo(mean, within(1e-15));
            assertThat(measured.net()).isCloseTo(mean - 0.0012, within(1e-15));
            assertThat(measured.accuracy().holds(measured.hitRate())).isTrue();
            assertThat(measured.netInterval().low())
                    .isLessThan(measured.netInterval().high());
        }
    }

    @Test
    void theGridDividesTheTotalButForEventsTooEarlyToJudge() {
        Study study = Study.on(List.of(Markets.study("BTCUSDT", Markets.noise(6000, Trials.chance(2)))), SETTINGS);
        Pass pass = study.pass(Parameters.SEED);
        long early = study.outcomes(Parameters.SEED).stream()
                .filter(one -> one.liquidity().isEmpty())
                .count();
        int periods = study.periods();
        int grid = 0;
        int total = 0;
        for (Cell cell : study.cells()) {
            int members = pass.members(cell, 0, 0, periods).length;
            grid += cell.isTotal() ? 0 : members;
            total += cell.isTotal() ? members : 0;
        }
        assertThat(study.cells()).hasSize(15);
        assertThat(early).isPositive();
        assertThat(grid + early).isEqualTo(total);
    }

    @Test
    void theDayIsToldInTheZoneOfTheSettings() {
        Settings shanghai =
                new Settings(List.of(10), Costs.NONE, ZoneId.of("Asia/Shanghai"), 9, 17, 30, 0.95, 100, 2, 1);
        // 2025-01-01T01:00Z is nine o'clock there.
        assertThat(shanghai.session(Markets.START + 3_600_000)).isEqualTo(Session.DAY);
        assertThat(shanghai.session(Markets.START + 9 * 3_600_000)).isEqualTo(Session.NIGHT);
        assertThat(SETTINGS.session(Markets.START + 9 * 3_600_000)).isEqualTo(Session.DAY);
        assertThat(SETTINGS.session(Markets.START + 17 * 3_600_000)).isEqualTo(Session.NIGHT);
    }

    @Test
    void aGridWithoutEnoughEventsBelievesNothingAndStillCountsItsTrials() {
        StudyBars bars = Markets.stairs(100);
        Study study = saying(bars, event(bars, Kind.BULL, 17, 30, 50));
        List<Pass> passes = List.of(study.pass(Parameters.SEED), study.pass(Parameters.SEED));
        GridFindings found = study.across(passes, study.cells(), 10);
        assertThat(found.trials()).isEqualTo(30);
        assertThat(found.measured()).isZero();
        assertThat(found.best()).isEmpty();
        assertThat(found.realityCheckP()).isEqualTo(1);
        assertThat(found.superior().consistent()).isEqualTo(1);
        assertThat(found.accuracyP()).isEqualTo(1);
        assertThat(study.folds()).isEmpty();
        assertThatThrownBy(() -> study.across(passes, study.cells(), 15)).hasMessageContaining("horizon 15");
        assertThatThrownBy(() -> study.across(passes, study.cells(), 10, 29)).hasMessageContaining("at least 30: 29");
    }

    @Test
    void aSymbolGivenTwiceAndBarsOfDifferentLengthsAreRefused() {
        StudyBars bars = Markets.stairs(50);
        assertThatThrownBy(() -> Study.on(List.of(bars, bars), SETTINGS)).hasMessageContaining("[BTCUSDT, BTCUSDT]");
        List<Bar> mixed = new ArrayList<>(Markets.noise(3, Trials.chance(1)));
        mixed.add(new Bar(Markets.START + 900_000, Markets.START + 900_001, 1, 1, 1, 1, 1, 1, 0));
        assertThatThrownBy(() -> Markets.study("BTCUSDT", mixed)).hasMessageContaining("must last 300000 ms: 1 ms");
    }

    @Test
    void settingsOutOfTheirRangesAreNamed() {
        assertThatThrownBy(() -> SETTINGS.withReplicates(99))
                .hasMessageContaining("replicates must be within 100..100000: 99");
        assertThatThrownBy(() -> new Costs(-1, 0)).hasMessageContaining("feeBasisPoints must be within 0..1000: -1.0");
        assertThatThrownBy(() -> new Settings(List.of(20, 10), Costs.NONE, SETTINGS.zone(), 9, 17, 30, 0.95, 100, 2, 1))
                .hasMessageContaining("ascend within 1..1000: [20, 10]");
    }
}
