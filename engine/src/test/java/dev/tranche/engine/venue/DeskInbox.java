package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.DeribitDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarkSink;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// What gateways say, for a desk: market data through decoder and monitor, everything else as it is. Times never
/// go back. One thread.
final class DeskInbox implements GatewayInbox {
    private static final long PAUSE_NANOS = 20_000_000;

    private final Desk desk;
    private final IntConsumer snapshots;
    private final List<FeedMonitor> monitors = new ArrayList<>();
    private final List<FollowedContract.Decoder> decoders = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final long[] askedNanos;
    private long now;

    DeskInbox(Desk desk, Contracts contracts, IntConsumer snapshots) {
        this.desk = desk;
        this.snapshots = snapshots;
        this.askedNanos = new long[contracts.size()];
        for (int i = 0; i < contracts.size(); i++) {
            FeedMonitor monitor = FeedMonitor.before(FeedLimits.USUAL, desk.market(i));
            monitors.add(monitor);
            if (contracts.get(i).venue().equals(DeribitGateway.NAME)) {
                DeribitDecoder reads = DeribitDecoder.of(contracts.get(i).instrument(), monitor, MarkSink.NONE);
                decoders.add(bytes -> reads.message(now, bytes, 0, bytes.length));
            } else {
                BinanceDecoder reads =
                        BinanceDecoder.of(contracts.get(i).instrument(), BinanceDecoder.Trades.EACH, monitor);
                decoders.add(bytes -> reads.message(now, bytes, 0, bytes.length));
            }
        }
    }

    private long at(long nanos) {
        now = Math.max(now, nanos);
        return now;
    }

    /// Time has come this far; books that are not valid are asked for.
    void wake(long nanos) {
        desk.time(at(nanos));
        for (int i = 0; i < askedNanos.length; i++) {
            if (!desk.market(i).valid() && now - askedNanos[i] > PAUSE_NANOS) {
                askedNanos[i] = now;
                snapshots.accept(i);
            }
        }
    }

    List<String> notices() {
        return notices;
    }

    @Override
    public void market(long nanos, int contract, byte[] bytes, int from, int to) {
        at(nanos);
        decoders.get(contract).message(bytes);
    }

    @Override
    public void marketLost(long nanos, int contract) {
        monitors.get(contract).fault(Fault.LOST, MarketSink.UNKNOWN, at(nanos), MarketSink.UNKNOWN, MarketSink.UNKNOWN);
    }

    @Override
    public void protection(long nanos, int venue, boolean triggered) {
        notices.add("protection " + triggered);
    }

    @Override
    public void notice(long nanos, int venue, String text) {
        notices.add(text);
    }

    @Override
    public void accepted(long nanos, long id, int contract) {
        desk.accepted(at(nanos), id, contract);
    }

    @Override
    public void rejected(long nanos, long id, int contract, Rejection why) {
        desk.rejected(at(nanos), id, contract, why);
    }

    @Override
    public void amended(long nanos, long id, int contract, long price, long lots) {
        desk.amended(at(nanos), id, contract, price, lots);
    }

    @Override
    public void amendRefused(long nanos, long id, int contract, Rejection why) {
        desk.amendRefused(at(nanos), id, contract, why);
    }

    @Override
    public void cancelRefused(long nanos, long id, int contract, Rejection why) {
        desk.cancelRefused(at(nanos), id, contract, why);
    }

    @Override
    public void cancelled(long nanos, long id, int contract, long filled) {
        desk.cancelled(at(nanos), id, contract, filled);
    }

    @Override
    public void filled(
            long nanos, long id, int contract, long trade, Side side, long price, long lots, long fee, boolean maker) {
        desk.filled(at(nanos), id, contract, trade, side, price, lots, fee, maker);
    }

    @Override
    public void corrected(long nanos, int contract, long trade, long price, long lots, long fee) {
        desk.corrected(at(nanos), contract, trade, price, lots, fee);
    }

    @Override
    public void funding(long nanos, int contract, long due, long paid) {
        desk.funding(at(nanos), contract, due, paid);
    }

    @Override
    public void settled(long nanos, int contract, long underlying) {
        desk.settled(at(nanos), contract, underlying);
    }

    @Override
    public void connected(long nanos, int venue) {
        desk.connected(at(nanos), venue);
    }

    @Override
    public void disconnected(long nanos, int venue) {
        desk.disconnected(at(nanos), venue);
    }

    @Override
    public void truth(long nanos, int venue, long asOf) {
        desk.truth(at(nanos), venue, asOf);
    }

    @Override
    public void openOrder(long nanos, long id, int contract, Side side, long price, long lots, long filled) {
        desk.openOrder(at(nanos), id, contract, side, price, lots, filled);
    }

    @Override
    public void position(long nanos, int contract, long lots) {
        desk.position(at(nanos), contract, lots);
    }

    @Override
    public void truthEnds(long nanos, int venue) {
        desk.truthEnds(at(nanos), venue);
    }
}
