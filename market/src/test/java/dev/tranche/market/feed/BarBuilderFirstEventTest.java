package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A stream whose first event was a change of the book, exactly where a bar begins, closed bars for ever.
class BarBuilderFirstEventTest {
    @Test
    void aChangeOfTheBookOnTheGridBeforeAnyTradeOpensABarAndClosesNone() {
        List<Bar> bars = new ArrayList<>();
        BarBuilder builder = BarBuilder.of(new Instrument("BTCUSDT", 2, 3), 1000, BarSink.of(bars::add));

        builder.imbalance(1_700_000_000_000L, 0);
        assertThat(bars).isEmpty();
        builder.trade(1_700_000_000_500L, 100, 5, Side.BUY);
        builder.imbalance(1_700_000_001_000L, 3);
        builder.trade(1_700_000_001_200L, 101, 5, Side.BUY);

        assertThat(bars).singleElement().extracting(Bar::closeMillis).isEqualTo(1_700_000_001_000L);
    }
}
