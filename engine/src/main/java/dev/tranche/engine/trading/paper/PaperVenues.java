package dev.tranche.engine.trading.paper;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.VenueTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// The venues of a desk that are on paper: one simulated exchange that lives in the loop beside the desk, hears
/// the same market first and answers orders at simulated times. A replay of the journal brings it back as it
/// was: it hears the same again. The loop's thread alone.
public final class PaperVenues implements Replay.Beside {
    private final SimulatedVenue exchange;
    private final List<Integer> venues;
    private final boolean[] paper;
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
        PaperVenues all = new PaperVenues(exchange, venues, paper, Silent.REPORTS);
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
    public Optional<OrderSink> orders() {
        return Optional.of(exchange);
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

    /// After a restart: the line was broken, so what was under way is lost, and can be heard again.
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
