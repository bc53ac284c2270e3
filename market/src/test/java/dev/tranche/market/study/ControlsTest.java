package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Bar;
import dev.tranche.market.Trials;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlsTest {

    private static StudyBars numbered(int size) {
        List<Bar> bars = Markets.noise(size, Trials.chance(1));
        double[] places = IntStream.range(0, size).mapToDouble(i -> i).toArray();
        return StudyBars.of("BTCUSDT", bars, places, places, places);
    }

    @Test
    void shuffledIndicatorsAreAllThereAndNoneIsInItsPlace() {
        Trials.of(50, chance -> {
            int size = chance.nextInt(20, 4000);
            StudyBars bars = numbered(size);
            StudyBars shuffled = Controls.shuffled(List.of(bars), Parameters.SEED, 20, chance.nextLong())
                    .getFirst();
            boolean[] seen = new boolean[size];
            int moved = 0;
            for (int bar = 0; bar < size; bar++) {
                int from = (int) shuffled.z(Source.OFI, bar);
                assertThat(seen[from]).isFalse();
                seen[from] = true;
                assertThat(shuffled.z(Source.CVD, bar)).isEqualTo(from);
                assertThat(shuffled.close(bar)).isEqualTo(bars.close(bar));
                moved += from == bar ? 0 : 1;
            }
            assertThat(moved).isEqualTo(size);
        });
    }

    @Test
    void aWalkMovesAsTheBarsDoAndLacksTheSourcesThatTheyLack() {
        List<Bar> bars = Markets.noise(3000, Trials.chance(2)).stream()
                .map(bar -> new Bar(
                        bar.openMillis(),
                        bar.closeMillis(),
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.takerBuyVolume(),
                        Double.NaN))
                .toList();
        StudyBars real = Markets.study("BTCUSDT", bars);
        StudyBars walk = Controls.walks(List.of(real), 9).getFirst();
        assertThat(walk.sources()).containsExactly(Source.CVD).isEqualTo(real.sources());
        assertThat(walk.size()).isEqualTo(100_000);
        assertThat(walk.interval()).isEqualTo(real.interval());
        assertThat(deviation(walk)).isCloseTo(deviation(real), within(0.02 * deviation(real)));
    }

    private static double deviation(StudyBars bars) {
        double squares = 0;
        for (int bar = 1; bar < bars.size(); bar++) {
            squares += Math.pow(Math.log(bars.close(bar) / bars.close(bar - 1)), 2);
        }
        return Math.sqrt(squares / (bars.size() - 1));
    }
}
