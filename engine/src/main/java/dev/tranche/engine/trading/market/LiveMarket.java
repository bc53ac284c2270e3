package dev.tranche.engine.trading.market;

import dev.tranche.engine.feed.Arrival;
import dev.tranche.engine.feed.Inbox;
import dev.tranche.engine.feed.Venue;
import dev.tranche.engine.feed.VenueSettings;
import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.runtime.clock.Ticks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Public market data of venues that speak Binance's protocol, one connection for each contract.
public final class LiveMarket implements MarketSource {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMarket.class);
    private static final int WAITING = 16_384;
    private static final long LOOK_MILLIS = 100;

    private final Map<Integer, Stream> streams = new LinkedHashMap<>();
    private volatile boolean closed;

    private final class Stream {
        private final int contract;
        private final Venue venue;
        private final GatewayInbox to;
        private final Ticks ticks;
        private final Inbox inbox = Inbox.of(WAITING);
        private final Thread reading;
        private final Thread handing;
        private volatile boolean up;

        private Stream(int contract, VenueSettings settings, GatewayInbox to, Ticks ticks) {
            this.contract = contract;
            this.venue = Venue.of(settings, ticks, RandomGenerator.getDefault());
            this.to = to;
            this.ticks = ticks;
            this.reading = Thread.ofPlatform()
                    .daemon()
                    .name("market-" + settings.symbol())
                    .unstarted(this::read);
            this.handing = Thread.ofPlatform()
                    .daemon()
                    .name("hand-" + settings.symbol())
                    .unstarted(this::hand);
        }

        private void read() {
            try {
                venue.run(inbox);
            } catch (InterruptedException e) {
                LOG.debug("market.interrupted contract={}", contract, e);
            }
        }

        private void hand() {
            try {
                boolean asked = false;
                while (!closed) {
                    @Nullable Arrival arrival = inbox.take(LOOK_MILLIS, ticks.nanos());
                    switch (arrival) {
                        case Arrival.Message(byte[] json, long received, long _) -> {
                            up = true;
                            to.market(received, contract, json, 0, json.length);
                            if (!asked) {
                                asked = true;
                                venue.resynchronise("connected");
                            }
                        }
                        case Arrival.Broken(String reason, long _) -> {
                            LOG.warn("market.broken contract={} reason=\"{}\"", contract, reason);
                            up = false;
                            asked = false;
                            to.marketLost(ticks.epochNanos(), contract);
                        }
                        case Arrival.Ended _ -> {
                            return;
                        }
                        case Arrival.Header _, Arrival.Row _, Arrival.Unreadable _ ->
                            LOG.debug("market.unexpected contract={}", contract);
                        case null -> {}
                    }
                }
            } catch (InterruptedException e) {
                LOG.debug("market.ended contract={}", contract, e);
            }
        }
    }

    private LiveMarket() {}

    /// @param settings of each contract by its place
    public static LiveMarket of(Map<Integer, VenueSettings> settings, GatewayInbox to, Ticks ticks) {
        LiveMarket market = new LiveMarket();
        settings.forEach(
                (contract, each) -> market.streams.put(contract, market.new Stream(contract, each, to, ticks)));
        return market;
    }

    @Override
    public void start() {
        streams.values().forEach(stream -> {
            stream.handing.start();
            stream.reading.start();
        });
    }

    @Override
    public void snapshot(int contract) {
        Stream stream = streams.get(contract);
        if (stream != null) {
            stream.venue.resynchronise("the book is not valid");
        }
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean connected(int contract) {
        Stream stream = streams.get(contract);
        return stream != null && stream.up;
    }

    @Override
    public String state() {
        List<String> states = new ArrayList<>();
        streams.values().forEach(stream -> states.add(stream.venue.state()));
        return String.join("; ", states);
    }

    @Override
    public void close() {
        closed = true;
        streams.values().forEach(stream -> {
            stream.venue.close();
            stream.reading.interrupt();
            stream.handing.interrupt();
        });
    }
}
