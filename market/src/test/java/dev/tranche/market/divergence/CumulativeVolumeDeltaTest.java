package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.divergence.ReadableFlow.Print;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CumulativeVolumeDeltaTest {
    private final CumulativeVolumeDelta delta = CumulativeVolumeDelta.begin();

    @Test
    void theTakersFlagSignsATradeWhateverThePrice() {
        assertThat(delta.on(100, 5, Side.BUY)).isEqualTo(5);
        assertThat(delta.on(101, 7, Side.SELL)).isEqualTo(-7);
        assertThat(delta.lots()).isEqualTo(-2);
    }

    @Test
    void withoutAFlagAnUptickIsABuyADowntickASellAndTheSamePriceAsBefore() {
        assertThat(delta.on(100, 5, null)).isZero();
        assertThat(delta.on(100, 5, null)).isZero();
        assertThat(delta.on(101, 2, null)).isEqualTo(2);
        assertThat(delta.on(101, 3, null)).isEqualTo(3);
        assertThat(delta.on(99, 1, null)).isEqualTo(-1);
        assertThat(delta.on(99, 4, null)).isEqualTo(-4);
        assertThat(delta.lots()).isZero();
        assertThat(delta.unsigned()).isEqualTo(2);
    }

    @Test
    void afterAResetItBeginsAtZeroAndKnowsNoPrice() {
        delta.on(100, 5, Side.BUY);
        delta.reset();

        assertThat(delta.lots()).isZero();
        assertThat(delta.on(99, 5, null)).isZero();
    }

    @Test
    void onEveryPrefixItIsTheReadableSum() {
        Trials.of(50, chance -> {
            CumulativeVolumeDelta fast = CumulativeVolumeDelta.begin();
            List<Print> prints = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Side side = chance.nextInt(3) == 0 ? null : chance.nextBoolean() ? Side.BUY : Side.SELL;
                prints.add(new Print(chance.nextInt(99, 102), chance.nextInt(1, 9), side));
                fast.on(prints.get(i).ticks(), prints.get(i).lots(), side);
                assertThat(fast.lots()).isEqualTo(ReadableFlow.volumeDelta(prints));
            }
        });
    }
}
