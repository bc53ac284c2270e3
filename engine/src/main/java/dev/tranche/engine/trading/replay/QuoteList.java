package dev.tranche.engine.trading.replay;

import dev.tranche.engine.trading.desk.Versions;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.spread.SpreadReason;
import dev.tranche.runtime.clock.Epoch;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Writes what a desk decided on, a line a quote, as the replay of its journal comes to it again: which version of
/// the strategy, and which version of the spread model or what stood in for it and why. One thread.
public final class QuoteList implements DeskSink {
    private static final String HEAD =
            "at,strategy,venue,symbol,bid,bid_quantity,ask,ask_quantity,fair,half_spread_bps,spread,model";

    private final PrintWriter to;
    private final Map<Integer, String> names = new HashMap<>();
    private Replay replay = Replay.alone();

    private QuoteList(PrintWriter to) {
        this.to = to;
    }

    /// Writes the names of the columns.
    public static QuoteList to(PrintWriter to) {
        to.println(HEAD);
        return new QuoteList(to);
    }

    /// A replay that tells this list what its desk decides.
    public Replay replay() {
        replay = Replay.of(Versions.none(), this, _ -> Replay.Beside.NOBODY);
        return replay;
    }

    @Override
    public void strategy(long now, int place, String name) {
        names.put(place, name);
    }

    @Override
    public void quote(long now, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {
        Contract of = replay.setup().orElseThrow().contracts().get(contract);
        to.printf(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%s,%.10g,%.6g,%s,%s%n",
                Epoch.instant(now),
                names.getOrDefault(strategy, ""),
                of.venue(),
                of.symbol(),
                side(of.instrument(), quote, Side.BUY),
                side(of.instrument(), quote, Side.SELL),
                quote.fair(),
                quote.half(),
                spread,
                spread == SpreadReason.MODEL ? replay.spreadModel(strategy) : "");
    }

    /// Price and quantity of the first level; both blank without one.
    private static String side(Instrument instrument, QuoteTarget quote, Side side) {
        return quote.levels() == 0 || quote.lots(side, 0) == 0
                ? ","
                : instrument.price(quote.ticks(side, 0)) + "," + instrument.quantity(quote.lots(side, 0));
    }
}
