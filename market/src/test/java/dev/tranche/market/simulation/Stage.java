package dev.tranche.market.simulation;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.TimeInForce;
import java.util.List;

/// One contract at one venue, with whole prices and quantities; each step says the time first.
final class Stage {
    static final long MILLI = 1_000_000;

    final SimulatedVenue venue;
    final Heard heard = new Heard();
    private final MarketSink market;
    private long id;

    private Stage(SimulatedVenue venue) {
        this.venue = venue;
        this.market = venue.market(0);
    }

    static Contracts linear(Fees fees) {
        return Contracts.of(List.of(contract("BTCUSDT", new Terms.Linear("BTC", "USDT", true), fees)));
    }

    static Contract contract(String symbol, Terms terms, Fees fees) {
        return new Contract(new Instrument(symbol, 0, 0), "binance", terms, 1, 1, 1, fees);
    }

    static Stage of(VenueTerms terms) {
        return new Stage(SimulatedVenue.of(linear(Fees.NONE), terms, Trials.chance(1)));
    }

    static Stage of(SimulatedVenue venue) {
        return new Stage(venue);
    }

    /// With trades only, a queue of ten to buy at 100 and ten to sell at 101.
    static Stage quiet(QueueModel queue) {
        Stage stage = of(VenueTerms.IDEAL.with(queue).crossing(false));
        stage.at(0).top(100, 10, 101, 10);
        return stage;
    }

    /// Hears all that is due on the way there, each at its time.
    Stage at(long millis) {
        while (venue.next() < millis * MILLI) {
            venue.time(Math.max(venue.next(), venue.now()), heard);
        }
        venue.time(millis * MILLI, heard);
        return this;
    }

    Stage top(long bid, long bidLots, long ask, long askLots) {
        market.top(0, 0, ++id, bid, bidLots, ask, askLots);
        return this;
    }

    Stage sold(long ticks, long lots) {
        market.trade(0, 0, ++id, ticks, lots, Side.SELL);
        return this;
    }

    Stage bought(long ticks, long lots) {
        market.trade(0, 0, ++id, ticks, lots, Side.BUY);
        return this;
    }

    /// A whole book: bid levels then ask levels, each price and lots.
    Stage book(long lastId, long[][] bids, long[][] asks) {
        market.snapshot(0, 0, lastId);
        levels(bids, asks);
        return this;
    }

    Stage change(long first, long last, long[][] bids, long[][] asks) {
        market.depth(0, 0, first, last, first - 1);
        levels(bids, asks);
        return this;
    }

    private void levels(long[][] bids, long[][] asks) {
        for (long[] level : bids) {
            market.level(Side.BUY, level[0], level[1]);
        }
        for (long[] level : asks) {
            market.level(Side.SELL, level[0], level[1]);
        }
        market.end();
    }

    Stage buy(long order, long ticks, long lots, TimeInForce force) {
        venue.place(order, 0, Side.BUY, ticks, lots, force, false);
        return this;
    }

    Stage sell(long order, long ticks, long lots, TimeInForce force) {
        venue.place(order, 0, Side.SELL, ticks, lots, force, false);
        return this;
    }

    /// What was heard since the last look, by now.
    List<String> heard() {
        venue.time(venue.now(), heard);
        return heard.take();
    }
}
