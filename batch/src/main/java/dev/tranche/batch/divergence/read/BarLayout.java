package dev.tranche.batch.divergence.read;

import java.util.List;
import java.util.Optional;

/// Where a file of bars keeps what; -1 where it does not.
///
/// @param openTime the start of the bar
/// @param closeTime its end
/// @param takerBuy what takers bought, in the base currency
/// @param symbol for a file of several symbols
record BarLayout(
        int openTime, int closeTime, int open, int high, int low, int close, int volume, int takerBuy, int symbol) {
    /// What is accepted, for the words of a refusal.
    static final String UNDERSTOOD = """
            understood are tables with a header naming
              the start of the bar (open_time, open_time_ms, timestamp, time, date, datetime, start) or its end (close_time, close_datetime, end),
              open, high, low, close, volume,
              and for CVD taker_base_volume, taker_buy_volume, taker_buy_base_asset_volume or taker_buy_base,
            and Binance's monthly klines without a header (12 columns)""";

    /// The columns of `data.binance.vision`'s klines, which come without names.
    private static final List<String> BINANCE = List.of(
            "open_time",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "close_time",
            "quote_volume",
            "count",
            "taker_buy_volume",
            "taker_buy_quote_volume",
            "ignore");

    /// The layout of a file that begins with this line.
    ///
    /// @return empty when this is none of bars
    static Optional<BarLayout> of(Header header) {
        BarLayout layout = new BarLayout(
                header.find(
                        "opentime",
                        "opentimems",
                        "opendatetime",
                        "openms",
                        "timestamp",
                        "timestampms",
                        "time",
                        "timems",
                        "datetime",
                        "date",
                        "start",
                        "starttime",
                        "ts"),
                header.find("closetime", "closetimems", "closedatetime", "closems", "end", "endtime"),
                header.find("open", "o"),
                header.find("high", "h"),
                header.find("low", "l"),
                header.find("close", "c"),
                header.find("volume", "vol", "v", "basevolume", "volumebase"),
                header.find(
                        "takerbasevolume",
                        "takerbuyvolume",
                        "takerbuybasevolume",
                        "takerbuybaseassetvolume",
                        "takerbuybase",
                        "takerbuyvol"),
                header.find("symbol", "pair", "instrument"));
        return layout.complete() ? Optional.of(layout) : Optional.empty();
    }

    /// The names of the columns of a first line that holds none, by how many there are.
    static Optional<Header> headless(Header first) {
        return first.isRow() && first.names().size() == BINANCE.size()
                ? Optional.of(Header.of(BINANCE))
                : Optional.empty();
    }

    private boolean complete() {
        return (openTime >= 0 || closeTime >= 0) && open >= 0 && high >= 0 && low >= 0 && close >= 0 && volume >= 0;
    }

    boolean saysTakers() {
        return takerBuy >= 0;
    }
}
