package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import dev.tranche.market.Recording;
import dev.tranche.market.Side;
import dev.tranche.market.divergence.ReadableFlow.Quote;
import dev.tranche.market.divergence.ReadableFlow.Quotes;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.OrderBook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderFlowImbalanceParityTest {
    private static final Instrument ETH = new Instrument("ETHUSDT", 2, 3);
    private static final double[] WEIGHTS = {.4, .25, .2, .1, .05};
    private static final int LINES = 12_000;

    private final List<Quotes> states = new ArrayList<>();
    private final List<Double> sums = new ArrayList<>();
    private double sum;

    @Test
    void ofTheBestLevelItIsTheReadableOneOnEveryPrefixOfARealStream() {
        OrderFlowImbalance imbalance = OrderFlowImbalance.bestLevel();
        listen(new Listening() {
            @Override
            public void top(long at, long heard, long id, long bid, long bidLots, long ask, long askLots) {
                states.add(new Quotes(List.of(new Quote(bid, bidLots)), List.of(new Quote(ask, askLots))));
                sums.add(sum += imbalance.on(bid, bidLots, ask, askLots));
            }
        });

        same(1);
    }

    @Test
    void ofFiveLevelsItIsTheReadableOneOnEveryPrefixOfARealStream() {
        OrderFlowImbalance imbalance = OrderFlowImbalance.fiveLevels();
        OrderBook book = OrderBook.of(4096);
        listen(new Listening() {
            @Override
            public void depth(long at, long heard, long first, long last, long previous) {
                book.depth(first, last, previous);
            }

            @Override
            public void snapshot(long at, long heard, long last) {
                book.snapshot(last);
            }

            @Override
            public void level(Side side, long ticks, long lots) {
                book.level(side, ticks, lots);
            }

            @Override
            public void end() {
                book.end();
                if (book.valid()) {
                    states.add(state(book));
                    sums.add(sum += imbalance.on(book));
                }
            }
        });

        same(WEIGHTS);
    }

    private static void listen(Listening listening) {
        BinanceDecoder decoder = BinanceDecoder.of(ETH, BinanceDecoder.Trades.EACH, listening);
        Recording.level2("usdm", "ethusdt").lines(0, LINES, decoder::line);
    }

    private static Quotes state(OrderBook book) {
        List<Quote> bids = new ArrayList<>();
        List<Quote> asks = new ArrayList<>();
        for (int i = 0; i < WEIGHTS.length; i++) {
            bids.add(new Quote(book.bidTicks(i), book.bidLots(i)));
            asks.add(new Quote(book.askTicks(i), book.askLots(i)));
        }
        return new Quotes(bids, asks);
    }

    private void same(double... weights) {
        assertThat(states.size()).isGreaterThan(700);
        for (int n = 1; n <= 700; n++) {
            assertThat(sums.get(n - 1)).isEqualTo(ReadableFlow.imbalance(states.subList(0, n), weights));
        }
        assertThat(sums.getLast())
                .isEqualTo(ReadableFlow.imbalance(states, weights))
                .isNotZero();
    }
}
