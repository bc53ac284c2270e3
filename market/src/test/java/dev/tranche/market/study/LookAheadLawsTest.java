package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Bar;
import dev.tranche.market.Trials;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What a study says of the past does not change when the future is appended, whatever the future is.
class LookAheadLawsTest {
    private static final Settings SETTINGS = Settings.STANDARD.withReplicates(100);

    private static List<Bar> withHole(RandomGenerator chance, int size) {
        List<Bar> bars = new ArrayList<>(Markets.noise(size, chance));
        int hole = chance.nextInt(size / 2);
        bars.subList(hole, hole + chance.nextInt(1, 30)).clear();
        return bars;
    }

    @Test
    void indicatorsLiquidityAndFinishedOutcomesOfThePastStay() {
        Trials.of(12, chance -> {
            List<Bar> all = withHole(chance, 2500);
            int cut = chance.nextInt(1200, all.size());
            StudyBars whole = Markets.study("BTCUSDT", all);
            StudyBars past = Markets.study("BTCUSDT", all.subList(0, cut));
            for (int bar = 0; bar < cut; bar++) {
                assertThat(past.liquidity(bar)).isEqualTo(whole.liquidity(bar));
                for (Source source : Source.values()) {
                    assertThat(Double.compare(past.z(source, bar), whole.z(source, bar)))
                            .isZero();
                }
            }
            List<Outcome> known = Study.on(List.of(past), SETTINGS).outcomes(Parameters.SEED);
            List<Outcome> later = Study.on(List.of(whole), SETTINGS).outcomes(Parameters.SEED);
            assertThat(known).isNotEmpty();
            for (int i = 0; i < known.size(); i++) {
                Outcome before = known.get(i);
                Outcome after = later.get(i);
                assertThat(after.event()).isEqualTo(before.event());
                assertThat(after.session()).isEqualTo(before.session());
                assertThat(after.liquidity()).isEqualTo(before.liquidity());
                for (int h = 0; h < SETTINGS.horizons().size(); h++) {
                    double gross = before.gross().get(h);
                    if (!Double.isNaN(gross)) {
                        assertThat(after.gross().get(h)).isEqualTo(gross);
                    }
                }
            }
            long until = past.closeMillis(cut - 1);
            assertThat(later.stream().filter(one -> one.event().confirmedMillis() <= until))
                    .hasSize(known.size());
        });
    }

    @Test
    void theFindingsOfThePastAreTheSameWhateverComesAfter() {
        RandomGenerator chance = Trials.chance(4);
        List<Bar> past = Markets.noise(4000, chance);
        long until = past.getLast().closeMillis() - 20 * Markets.FIVE_MINUTES;
        List<List<Integer>> counts = new ArrayList<>();
        for (double factor : new double[] {0.5, 1, 3}) {
            List<Bar> all = new ArrayList<>(past);
            for (Bar bar : Markets.noise(500, chance)) {
                long shift = 4000 * Markets.FIVE_MINUTES;
                all.add(new Bar(
                        bar.openMillis() + shift,
                        bar.closeMillis() + shift,
                        factor * bar.open(),
                        factor * bar.high(),
                        factor * bar.low(),
                        factor * bar.close(),
                        10 * factor,
                        5,
                        factor));
            }
            Study study = Study.on(List.of(Markets.study("BTCUSDT", all)), SETTINGS);
            Pass pass = study.pass(Parameters.SEED);
            List<Integer> found = new ArrayList<>();
            for (Cell cell : study.cells()) {
                for (int h = 0; h < SETTINGS.horizons().size(); h++) {
                    int[] members = pass.members(cell, h, 0, study.timeline().period(until));
                    int index = h;
                    found.add(members.length);
                    found.add((int) Arrays.stream(members)
                            .filter(member -> pass.gross(index, member) > 0)
                            .count());
                }
            }
            counts.add(found);
        }
        assertThat(counts.get(1)).isEqualTo(counts.get(0));
        assertThat(counts.get(2)).isEqualTo(counts.get(0));
    }
}
