package dev.tranche.engine.trading.paper;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.SomeReports;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.VenueTerms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// The venues of a desk that are on paper: one simulated exchange that lives in the loop beside the desk, hears
/// the same market first and answers orders at simulated times. The loop's thread alone.
///
/// A replay of the journal brings back what others may know of it: the fills that it told, and with them its
/// positions and where the numbers of its trades go on; and its books, since it hears the market again. Orders
/// that stood and what was under way are gone with the process, as a lost line with cancel-on-disconnect takes
/// them. So other terms of the paper venues, or a simulation that fills otherwise, change nothing that was told.
public final class PaperVenues implements Replay.Beside {
    private final SimulatedVenue exchange;
    private final List<Integer> venues;
    private final boolean[] paper;
    private final Memory memory = new Memory();
    private OrderReports reports;
    private long now;

    private PaperVenues(SimulatedVenue exchange, List<Integer> venues, boolean[] paper, OrderReports reports) {
        this.exchange = exchange;
        this.venues = List.copyOf(venues);
        this.paper = paper;
        this.reports = reports;
    }

    /// @param venues places of those on paper
    public static PaperVenues of(Setup setup, VenueTerms terms, List<Integer> venues) {
        SimulatedVenue exchange = SimulatedVenue.of(
                setup.contracts(),
                terms,
                RandomGeneratorFactory.of("L64X128MixRandom").create(setup.seed()));
        boolean[] paper = new boolean[setup.contracts().size()];
        for (int i = 0; i < paper.length; i++) {
            paper[i] = venues.contains(setup.contracts().venue(i));
        }
        PaperVenues all = new PaperVenues(exchange, venues, paper, new SomeReports() {});
        venues.forEach(exchange::connect);
        return all;
    }

    /// From here on what the venues say goes there; before that nobody hears it.
    public void speakTo(OrderReports other) {
        reports = other;
    }

    @Override
    public void before(long nowNanos) {
        if (nowNanos > now) {
            now = nowNanos;
            exchange.time(nowNanos, reports);
        }
    }

    @Override
    public @Nullable MarketSink market(int contract) {
        return paper[contract] ? exchange.market(contract) : null;
    }

    @Override
    public void report(long nowNanos, ByteBuffer payload) {
        ReportCodec.decode(nowNanos, payload, memory);
    }

    /// Of all that was told, the fills.
    private final class Memory implements SomeReports {
        @Override
        public void filled(
                long at,
                long orderId,
                int contract,
                long tradeId,
                Side side,
                long priceTicks,
                long quantityLots,
                long fee,
                boolean maker) {
            if (paper[contract]) {
                exchange.remember(at, orderId, contract, tradeId, side, priceTicks, quantityLots, fee, maker);
            }
        }
    }

    /// The exchange.
    SimulatedVenue exchange() {
        return exchange;
    }

    /// The gateways of its venues.
    public List<PaperGateway> gateways(java.util.function.IntConsumer snapshots) {
        List<PaperGateway> gateways = new ArrayList<>();
        venues.forEach(venue -> gateways.add(new PaperGateway(this, venue, snapshots)));
        return gateways;
    }

    /// After a restart: the line was broken, and can be heard again.
    public void reconnect() {
        venues.forEach(venue -> {
            exchange.disconnect(venue, true);
            exchange.connect(venue);
        });
    }

    /// The position that a venue has for us.
    public long position(int contract) {
        return exchange.position(contract);
    }
}
