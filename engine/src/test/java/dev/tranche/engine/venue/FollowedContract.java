package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.feed.DeribitDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarkSink;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The book of one contract out of the messages that a gateway hands over, through decoder and monitor as in
/// the engine.
final class FollowedContract implements MarketSink {
    /// Decodes one message.
    interface Decoder {
        void message(byte[] bytes);
    }

    private final OrderBook book = OrderBook.of(100);
    private Decoder decoder = bytes -> {};
    private int read;
    private int trades;

    static FollowedContract deribit(Contract contract) {
        FollowedContract all = new FollowedContract();
        DeribitDecoder reads =
                DeribitDecoder.of(contract.instrument(), FeedMonitor.before(FeedLimits.USUAL, all), MarkSink.NONE);
        all.decoder = bytes -> reads.message(UNKNOWN, bytes, 0, bytes.length);
        return all;
    }

    static FollowedContract binance(Contract contract) {
        FollowedContract all = new FollowedContract();
        BinanceDecoder reads = BinanceDecoder.of(
                contract.instrument(), BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, all));
        all.decoder = bytes -> reads.message(UNKNOWN, bytes, 0, bytes.length);
        return all;
    }

    /// Takes in what is new, and says how the book stands.
    BookState follow(Told told, int contract) {
        List<byte[]> all = told.messages.getOrDefault(contract, List.of());
        for (; read < all.size(); read++) {
            decoder.message(all.get(read));
            if (told.lost.remove(contract)) {
                book.invalidate();
            }
        }
        return book.state();
    }

    int bids() {
        return book.levels(Side.BUY);
    }

    int trades() {
        return trades;
    }

    String says() {
        List<long[]> bids = new ArrayList<>();
        List<long[]> asks = new ArrayList<>();
        for (int i = 0; i < book.levels(Side.BUY); i++) {
            bids.add(new long[] {book.bidTicks(i), book.bidLots(i)});
        }
        for (int i = 0; i < book.levels(Side.SELL); i++) {
            asks.add(new long[] {book.askTicks(i), book.askLots(i)});
        }
        return words(bids, asks);
    }

    static String words(List<long[]> bids, List<long[]> asks) {
        StringBuilder all = new StringBuilder();
        bids.forEach(level -> all.append(" bid ").append(level[1]).append(" @ ").append(level[0]));
        asks.forEach(level -> all.append(" ask ").append(level[1]).append(" @ ").append(level[0]));
        return all.toString();
    }

    @Override
    public void trade(long at, long heard, long id, long ticks, long lots, @Nullable Side aggressor) {
        trades++;
    }

    @Override
    public void top(long at, long heard, long id, long bid, long bidLots, long ask, long askLots) {}

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
    }

    @Override
    public void fault(Fault fault, long at, long heard, long found, long expected) {}
}
