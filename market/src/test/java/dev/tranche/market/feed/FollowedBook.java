package dev.tranche.market.feed;

import dev.tranche.market.Listening;
import dev.tranche.market.Side;

/// Keeps an order book from what is said.
final class FollowedBook extends Listening {
    private final OrderBook book;

    FollowedBook(OrderBook book) {
        this.book = book;
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        book.depth(firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        book.snapshot(lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        book.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        book.end();
    }
}
