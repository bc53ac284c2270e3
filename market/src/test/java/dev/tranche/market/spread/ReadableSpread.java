package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The features as `docs/concepts/spread-model.md` says them, with lists and without thrift: the oracle of
/// [SpreadFeatures]. It keeps its own book.
final class ReadableSpread implements MarketSink {
    private static final double[] WEIGHTS = {.4, .25, .2, .1, .05};

    record Level(long bid, long bidLots, long ask, long askLots) {}

    record Trade(long lots, @Nullable Side side) {}

    record Sample(Level best, List<Level> five, List<Trade> trades, long moves, double flowBest, double flowFive) {
        double mid() {
            return (best.bid + best.ask) / 2.0;
        }

        double spread() {
            return 1e4 * (best.ask - best.bid) / mid();
        }

        double imbalance() {
            return (double) (best.bidLots - best.askLots) / (best.bidLots + best.askLots);
        }

        double quantity(@Nullable Side side) {
            return trades.stream()
                    .filter(trade -> side == null || trade.side == side)
                    .mapToLong(Trade::lots)
                    .sum();
        }
    }

    private final OrderBook book = OrderBook.of(4096);
    private final long interval;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Trade> trades = new ArrayList<>();
    private long now = Long.MIN_VALUE;
    private long taken;
    private long bestId = UNKNOWN;
    private @Nullable Level best;
    private @Nullable Level bestBefore;
    private List<Level> five = List.of();
    private long moves;
    private double flowBest;
    private double flowFive;

    ReadableSpread(int millis) {
        this.interval = millis * 1_000_000L;
    }

    long taken() {
        return taken;
    }

    /// The features of the last sample; empty while not ready.
    Map<SpreadFeature, Double> features() {
        Map<SpreadFeature, Double> said = new EnumMap<>(SpreadFeature.class);
        if (samples.size() < 21) {
            return said;
        }
        Sample last = back(0);
        double seconds = interval / 1e9;
        double volume = mean(20, sample -> sample.quantity(null));
        double depth = mean(20, sample -> (sample.best.bidLots + sample.best.askLots) / 2.0);
        boolean noBook = last.five.isEmpty();
        said.put(SpreadFeature.CURRENT_SPREAD_BPS, last.spread());
        said.put(SpreadFeature.CURRENT_IMBALANCE, last.imbalance());
        said.put(SpreadFeature.VOLUME_RATIO, volume == 0 ? 1 : last.quantity(null) / volume);
        said.put(SpreadFeature.VOLATILITY_5, deviation(5));
        said.put(SpreadFeature.VOLATILITY_20, deviation(20));
        said.put(SpreadFeature.PRICE_CHANGE_5, 1e4 * Math.log(last.mid() / back(5).mid()));
        said.put(SpreadFeature.PRICE_CHANGE_10, 1e4 * Math.log(last.mid() / back(10).mid()));
        said.put(SpreadFeature.IMBALANCE_CHANGE, last.imbalance() - back(1).imbalance());
        said.put(
                SpreadFeature.SPREAD_PERCENTILE,
                mean(20, sample -> (1 + Math.signum(last.spread() - sample.spread())) / 2));
        said.put(SpreadFeature.VOLUME_IMBALANCE, takers(20));
        said.put(
                SpreadFeature.MICROPRICE_BPS,
                1e4
                        * ((last.best.bid * (double) last.best.askLots + last.best.ask * (double) last.best.bidLots)
                                        / (last.best.bidLots + last.best.askLots)
                                - last.mid())
                        / last.mid());
        double bids = last.five.stream().mapToDouble(Level::bidLots).sum();
        double asks = last.five.stream().mapToDouble(Level::askLots).sum();
        said.put(SpreadFeature.DEPTH_IMBALANCE, noBook ? Double.NaN : (bids - asks) / (bids + asks));
        said.put(SpreadFeature.FLOW_BEST_5, 5 * mean(5, Sample::flowBest) / depth);
        said.put(SpreadFeature.FLOW_BEST_20, 20 * mean(20, Sample::flowBest) / depth);
        said.put(SpreadFeature.FLOW_FIVE_5, noBook ? Double.NaN : 5 * mean(5, Sample::flowFive) / depth);
        said.put(SpreadFeature.FLOW_FIVE_20, noBook ? Double.NaN : 20 * mean(20, Sample::flowFive) / depth);
        said.put(SpreadFeature.TRADE_RATE, mean(20, sample -> sample.trades.size()) / seconds);
        said.put(SpreadFeature.VOLUME_IMBALANCE_5, takers(5));
        said.put(SpreadFeature.MOVE_RATE, mean(20, Sample::moves) / seconds);
        int all = Math.min(300, samples.size() - 1);
        said.put(
                SpreadFeature.REALISED_BPS,
                Math.sqrt(moves(all).stream().mapToDouble(move -> move * move).sum() / all / seconds));
        said.put(SpreadFeature.SAMPLE_MILLIS, interval / 1e6);
        return said;
    }

    private Sample back(int samplesBack) {
        return samples.get(samples.size() - 1 - samplesBack);
    }

    private double mean(int length, ToDoubleFunction<Sample> of) {
        return samples.subList(samples.size() - length, samples.size()).stream()
                .mapToDouble(of)
                .average()
                .orElseThrow();
    }

    private List<Double> moves(int length) {
        List<Double> moves = new ArrayList<>();
        for (int n = length - 1; n >= 0; n--) {
            moves.add(1e4 * (Math.log(back(n).mid()) - Math.log(back(n + 1).mid())));
        }
        return moves;
    }

    private double deviation(int length) {
        List<Double> moves = moves(length);
        double mean = moves.stream().mapToDouble(move -> move).average().orElseThrow();
        return Math.sqrt(moves.stream()
                        .mapToDouble(move -> (move - mean) * (move - mean))
                        .sum()
                / (length - 1));
    }

    private double takers(int length) {
        double bought = mean(length, sample -> sample.quantity(Side.BUY));
        double sold = mean(length, sample -> sample.quantity(Side.SELL));
        return bought + sold == 0 ? 0 : (bought - sold) / (bought + sold);
    }

    /// One side's part of the order flow imbalance: the price for sale is turned round, so that higher is
    /// better for both.
    private static double flow(long price, long lots, long priceBefore, long lotsBefore) {
        if (price > priceBefore) {
            return lots;
        }
        return price < priceBefore ? -lotsBefore : lots - lotsBefore;
    }

    private static double flow(Level after, Level before) {
        return flow(after.bid, after.bidLots, before.bid, before.bidLots)
                - flow(
                        after.askLots == 0 ? -Long.MAX_VALUE : -after.ask,
                        after.askLots,
                        before.askLots == 0 ? -Long.MAX_VALUE : -before.ask,
                        before.askLots);
    }

    private void clock(long eventMillis, long receivedNanos) {
        long at = receivedNanos == UNKNOWN ? eventMillis * 1_000_000 : receivedNanos;
        if ((receivedNanos == UNKNOWN && eventMillis == UNKNOWN) || at <= now) {
            return;
        }
        if (now != Long.MIN_VALUE) {
            for (long boundary = (now / interval + 1) * interval; boundary <= at; boundary += interval) {
                take();
            }
        }
        now = at;
    }

    private void take() {
        if (best == null || best.bidLots == 0 || best.askLots == 0) {
            forget();
            return;
        }
        samples.add(new Sample(best, five, List.copyOf(trades), moves, flowBest, flowFive));
        taken++;
        trades.clear();
        moves = 0;
        flowBest = 0;
        flowFive = 0;
    }

    private void forget() {
        samples.clear();
        trades.clear();
        best = null;
        bestBefore = null;
        five = List.of();
        bestId = UNKNOWN;
        moves = 0;
        flowBest = 0;
        flowFive = 0;
    }

    private void best(long id, Level level) {
        if (bestBefore != null) {
            flowBest += flow(level, bestBefore);
            moves += level.bid + level.ask == bestBefore.bid + bestBefore.ask ? 0 : 1;
        }
        bestBefore = level;
        best = level;
        bestId = id;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        clock(eventMillis, receivedNanos);
        trades.add(new Trade(quantityLots, aggressor));
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {
        clock(eventMillis, receivedNanos);
        if (updateId == UNKNOWN || bestId == UNKNOWN || updateId >= bestId) {
            best(updateId, new Level(bidTicks, bidLots, askTicks, askLots));
        }
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        clock(eventMillis, receivedNanos);
        book.depth(firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        clock(eventMillis, receivedNanos);
        book.snapshot(lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        book.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        book.end();
        if (!book.valid()) {
            forget();
            return;
        }
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            levels.add(new Level(book.bidTicks(i), book.bidLots(i), book.askTicks(i), book.askLots(i)));
        }
        for (int i = 0; i < five.size(); i++) {
            flowFive += WEIGHTS[i] * flow(levels.get(i), five.get(i));
        }
        five = levels;
        if (bestId == UNKNOWN || book.lastId() > bestId) {
            best(book.lastId(), levels.getFirst());
        }
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        if (fault.consequence() == Fault.Consequence.RESET) {
            clock(UNKNOWN, receivedNanos);
            if (fault == Fault.SEQUENCE_BREAK || fault == Fault.RESTART || fault == Fault.LOST) {
                book.invalidate();
            }
            forget();
        }
    }
}
