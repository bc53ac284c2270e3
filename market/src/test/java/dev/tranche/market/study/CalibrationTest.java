package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Trials;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Settings SETTINGS = Settings.STANDARD.withReplicates(200);

    @Test
    void binsCoverAllEventsAscendAndStandOnEnoughOfThem() {
        Trials.of(8, chance -> {
            Study study = Study.on(
                    List.of(Markets.study("BTCUSDT", Markets.obeying(8000, chance, chance.nextDouble()))), SETTINGS);
            Pass pass = study.pass(Parameters.SEED);
            for (Cell cell : Cell.totals(study.sources())) {
                for (HorizonCalibration horizon :
                        Calibration.of(study, pass, cell, 1).horizons()) {
                    if (horizon instanceof HorizonCalibration.Fitted fitted) {
                        check(fitted);
                    }
                }
            }
        });
    }

    private static void check(HorizonCalibration.Fitted fitted) {
        int n = 0;
        double before = -1;
        double rate = 0;
        double earned = Double.NEGATIVE_INFINITY;
        for (ScoreBin bin : fitted.bins()) {
            assertThat(bin.scoreMin()).isGreaterThan(before).isLessThanOrEqualTo(bin.scoreMax());
            assertThat(bin.n()).isGreaterThanOrEqualTo(SETTINGS.minimum());
            assertThat(bin.winRate()).isGreaterThanOrEqualTo(rate);
            assertThat(bin.winRateBand().holds(bin.winRate())).isTrue();
            assertThat(bin.expectedReturn()).isGreaterThanOrEqualTo(earned);
            assertThat(fitted.bin(bin.scoreMin())).isEqualTo(bin);
            assertThat(fitted.bin(bin.scoreMax())).isEqualTo(bin);
            n += bin.n();
            before = bin.scoreMax();
            rate = bin.winRate();
            earned = bin.expectedReturn();
        }
        assertThat(n).isEqualTo(fitted.n());
        assertThat(fitted.bin(-1)).isEqualTo(fitted.bins().getFirst());
        assertThat(fitted.bin(1000)).isEqualTo(fitted.bins().getLast());
        assertThatThrownBy(() -> fitted.bin(Double.NaN)).hasMessageContaining("must be a number");
    }

    @Test
    void tooFewEventsAreNotCalibratedAndNotAccepted() {
        Study study = Study.on(List.of(Markets.study("BTCUSDT", Markets.noise(400, Trials.chance(1)))), SETTINGS);
        Calibration found = Calibration.of(study, study.pass(Parameters.SEED), Cell.total(Source.FUSION), 1);
        assertThat(found.horizons())
                .allSatisfy(horizon -> assertThat(horizon.toString()).contains("n too small"));
        assertThat(found.acceptance().met()).isFalse();
        assertThat(found.acceptance().points())
                .allSatisfy(point -> assertThat(point.found()).contains("n too small"));
    }

    @Test
    void moreTrialsMakeTheSameFindingLess() {
        Study study =
                Study.on(List.of(Markets.study("BTCUSDT", Markets.obeying(10_000, Trials.chance(3), 0.35))), SETTINGS);
        Pass pass = study.pass(Parameters.SEED);
        Cell cell = Cell.total(Source.FUSION);
        assertThat(chance(Calibration.of(study, pass, cell, 1)).met()).isTrue();
        assertThat(chance(Calibration.of(study, pass, cell, 1_000_000)).met()).isFalse();
        assertThatThrownBy(() -> Calibration.of(study, pass, cell, 0))
                .hasMessageContaining("trials must be at least 1: 0");
    }

    private static Acceptance.Point chance(Calibration calibration) {
        return calibration.acceptance().points().get(4);
    }

    @Test
    void aCalibrationFitsOnlyWhatItWasMadeWithAndOnlyForItsTime() {
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        Fitness.Terms terms =
                new Fitness.Terms("divergence-1", Parameters.SEED, Set.of("BTCUSDT"), made, Duration.ofDays(90));
        Instant soon = made.plus(Duration.ofDays(90));
        assertThat(terms.at(soon, "divergence-1", Parameters.SEED, "BTCUSDT")).isEqualTo(new Fitness.Fit());
        assertThat(terms.at(soon.plusMillis(1), "divergence-1", Parameters.SEED, "BTCUSDT"))
                .isInstanceOf(Fitness.Stale.class)
                .hasToString(
                        "calibration made at 2026-01-01T00:00:00Z is valid for PT2160H, until 2026-04-01T00:00:00Z:"
                                + " now is 2026-04-01T00:00:00.001Z");
        assertThat(terms.at(made.minusMillis(1), "divergence-1", Parameters.SEED, "BTCUSDT"))
                .isInstanceOf(Fitness.Early.class);
        assertThat(terms.at(soon, "divergence-2", Parameters.SEED, "BTCUSDT"))
                .hasToString("calibration was made with detector divergence-1: running divergence-2");
        assertThat(terms.at(soon, "divergence-1", Parameters.SEED, "ETHUSDT"))
                .hasToString("calibration was made with symbols [BTCUSDT]: running ETHUSDT");
        Parameters other = Parameters.SEED.with(Map.of("z_hi", 2.0));
        assertThat(terms.at(soon, "divergence-1", other, "BTCUSDT"))
                .isEqualTo(new Fitness.Incompatible("z_hi", "1.5", "2.0"));
    }
}
