package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A study finds what is there and does not find what is not.
class PlantedEdgeTest {
    private static final Cell FUSION = Cell.total(Source.FUSION);
    private static final Settings SETTINGS = Settings.STANDARD.withReplicates(400);

    private static final Study PLANTED =
            Study.on(List.of(Markets.study("BTCUSDT", Markets.obeying(30_000, Trials.chance(11), 0.6))), SETTINGS);

    @Test
    void aTrueEdgeIsFoundAndMeetsTheAcceptanceOfTheSeed() {
        Calibration found = Calibration.of(PLANTED, PLANTED.pass(Parameters.SEED), FUSION, 324);
        assertThat(found.acceptance().points()).hasSize(6).allMatch(Acceptance.Point::met);
        assertThat(found.acceptance().met()).isTrue();
        for (HorizonCalibration horizon : found.horizons()) {
            assertThat(horizon).isInstanceOfSatisfying(HorizonCalibration.Fitted.class, fitted -> {
                assertThat(fitted.spearman().rho()).isGreaterThan(0.05);
                assertThat(fitted.bins().getLast().winRate()).isGreaterThan(0.65);
                assertThat(fitted.groups().getFirst())
                        .isLessThan(fitted.groups().getLast());
            });
        }
    }

    @Test
    void theEdgeSurvivesTheCountOfTrialsAcrossAGrid() {
        List<Pass> passes = List.of(
                PLANTED.pass(Parameters.SEED),
                PLANTED.pass(Parameters.SEED.with(Map.of("swing_L", 8))),
                PLANTED.pass(Parameters.SEED.with(Map.of("swing_L", 21))));
        Study gross = Study.on(PLANTED.bars(), SETTINGS.withCosts(Costs.NONE));
        GridFindings found = gross.across(passes, gross.cells(), 20);
        assertThat(found.trials()).isEqualTo(45);
        assertThat(found.realityCheckP()).isLessThan(0.05);
        assertThat(found.superior().consistent()).isLessThan(0.05);
        assertThat(found.accuracyP()).isLessThan(0.05);
        GridFindings.Best best = found.best().orElseThrow();
        assertThat(best.finding().cell().source()).isEqualTo(Source.FUSION);
        assertThat(best.parameters()).isEqualTo(Parameters.SEED);
        assertThat(best.deflatedSharpe()).isGreaterThan(0.95);
        assertThat(found.walkForward()).hasSize(SETTINGS.folds());
        assertThat(found.walkForward())
                .allSatisfy(step -> assertThat(step.chosen()).contains(Parameters.SEED));
    }

    @Test
    void aTrueEdgeHoldsInEveryStretchOfTheWalkForward() {
        Findings found = PLANTED.findings(PLANTED.pass(Parameters.SEED));
        assertThat(found.folds()).hasSize(SETTINGS.folds());
        for (FoldFinding fold : found.folds()) {
            assertThat(fold.fold().testFromMillis() - fold.fold().trainToMillis())
                    .isGreaterThanOrEqualTo(2 * 20 * Markets.FIVE_MINUTES);
            assertThat(fold.cells())
                    .filteredOn(cell -> cell.cell().equals(FUSION))
                    .allSatisfy(cell -> assertThat(cell)
                            .isInstanceOfSatisfying(
                                    CellFinding.Measured.class,
                                    measured -> assertThat(measured.hitRate()).isGreaterThan(0.5)));
        }
    }

    @Test
    void noiseIsSeldomBelievedAndNeverAccepted() {
        int accurate = 0;
        int correlated = 0;
        int gridBelieved = 0;
        int markets = 12;
        for (int seed = 1; seed <= markets; seed++) {
            Study study = Study.on(
                    List.of(Markets.study("BTCUSDT", Markets.noise(6000, Trials.chance(100 + seed)))),
                    SETTINGS.withCosts(Costs.NONE));
            Pass pass = study.pass(Parameters.SEED);
            CellFinding.Measured found = study.findings(pass).measured().stream()
                    .filter(one -> one.cell().equals(FUSION))
                    .findFirst()
                    .orElseThrow();
            accurate += found.p() < 0.05 ? 1 : 0;
            correlated += found.spearmanP() < 0.05 ? 1 : 0;
            gridBelieved += study.across(List.of(pass), study.cells(), 10).accuracyP() < 0.05 ? 1 : 0;
            assertThat(Calibration.of(study, pass, FUSION, 324).acceptance().met())
                    .isFalse();
        }
        // 0.6 of twelve are expected at 5 %; more than three have a chance of 0.2 %.
        assertThat(accurate).isLessThanOrEqualTo(3);
        assertThat(correlated).isLessThanOrEqualTo(3);
        assertThat(gridBelieved).isLessThanOrEqualTo(3);
    }

    @Test
    void theSameBarsAndSettingsGiveTheSameFindings() {
        Findings once = PLANTED.findings(PLANTED.pass(Parameters.SEED));
        Findings again = Study.run(PLANTED.bars(), Parameters.SEED, SETTINGS);
        assertThat(again).isEqualTo(once);
    }
}
