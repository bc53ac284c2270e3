package dev.tranche.engine.trading.run;

import dev.tranche.engine.feed.Tapes;
import dev.tranche.engine.feed.VenueSettings;
import dev.tranche.engine.trading.market.LiveMarket;
import dev.tranche.engine.trading.market.MarketSource;
import dev.tranche.engine.trading.market.RecordedMarket;
import dev.tranche.engine.trading.terms.TradingSettings;
import dev.tranche.engine.venue.BinanceGateway;
import dev.tranche.engine.venue.BinanceSettings;
import dev.tranche.engine.venue.DeribitGateway;
import dev.tranche.engine.venue.DeribitSettings;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Makes what connects a desk to its venues, from the settings.
final class Places {
    private Places() {}

    /// The gateway of a venue that is traded on.
    static Gateway gateway(TradingSettings settings, int venue, GatewayInbox inbox, Ticks ticks) {
        TradingSettings.VenueRow row = settings.venues().get(venue);
        if (row.credentials().isEmpty()) {
            throw new IllegalArgumentException(
                    "a venue that is traded on needs key and secret, each !secret: " + row.name());
        }
        return gateway(settings, row, inbox, ticks);
    }

    private static Gateway gateway(
            TradingSettings settings, TradingSettings.VenueRow row, GatewayInbox inbox, Ticks ticks) {
        return switch (row.wire()) {
            case DERIBIT ->
                DeribitGateway.of(
                        row.name(),
                        deribit(row),
                        row.credentials(),
                        settings.contracts(),
                        inbox,
                        ticks,
                        RandomGenerator.getDefault());
            case BINANCE ->
                BinanceGateway.of(
                        row.name(),
                        binance(row),
                        row.credentials(),
                        settings.contracts(),
                        inbox,
                        ticks,
                        RandomGenerator.getDefault());
        };
    }

    private static DeribitSettings deribit(TradingSettings.VenueRow row) {
        DeribitSettings usual = DeribitSettings.at(other(row.streamUrl(), DeribitSettings.LIVE));
        return row.protection().map(usual::protectedBy).orElse(usual);
    }

    private static BinanceSettings binance(TradingSettings.VenueRow row) {
        if (row.market() != VenueSettings.Market.USDM) {
            throw new IllegalArgumentException(
                    "orders are sent to Binance's market usdm only: " + row.name() + " is of " + row.market());
        }
        BinanceSettings live = BinanceSettings.live();
        return BinanceSettings.at(
                other(row.orderUrl(), live.api()),
                other(row.streamUrl(), live.stream()),
                other(row.restUrl(), live.rest()));
    }

    private static URI other(String url, URI usual) {
        return url.isEmpty() ? usual : URI.create(url);
    }

    /// Recorded market data.
    static MarketSource recorded(TradingSettings settings, Ticks ticks, long after, Tapes.Taker taker, Runnable ended) {
        List<Tapes.Tape> files = new ArrayList<>();
        new TreeMap<>(settings.files()).forEach((contract, file) -> files.add(new Tapes.Tape(file, contract)));
        return RecordedMarket.of(files, settings.pace(), ticks, after, taker, ended);
    }

    /// Live market data of the venues on paper, for anybody.
    static List<MarketSource> live(TradingSettings settings, GatewayInbox inbox, Ticks ticks) {
        List<MarketSource> sources = new ArrayList<>();
        Map<Integer, VenueSettings> binance = new HashMap<>();
        for (int venue : settings.onPaper()) {
            TradingSettings.VenueRow row = settings.venues().get(venue);
            switch (row.wire()) {
                case DERIBIT ->
                    sources.add(new GatewayMarket(gateway(settings, row, new MarketOnly.Through(inbox), ticks)));
                case BINANCE -> {
                    for (int i = 0; i < settings.contracts().size(); i++) {
                        if (settings.contracts().venue(i) == venue) {
                            binance.put(
                                    i, stream(row, settings.contracts().get(i).symbol()));
                        }
                    }
                }
            }
        }
        if (!binance.isEmpty()) {
            sources.add(LiveMarket.of(binance, inbox, ticks));
        }
        return sources;
    }

    private static VenueSettings stream(TradingSettings.VenueRow row, String symbol) {
        VenueSettings usual = VenueSettings.of(row.market(), symbol);
        return usual.at(other(row.streamUrl(), usual.stream()), other(row.restUrl(), usual.rest()));
    }
}
