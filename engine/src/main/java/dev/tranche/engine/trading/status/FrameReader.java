package dev.tranche.engine.trading.status;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.GreekWatch;
import dev.tranche.market.desk.Market;
import dev.tranche.market.desk.Pulled;
import dev.tranche.market.desk.Seat;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.risk.RiskMonitor;
import dev.tranche.market.risk.RiskReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Reads how a desk stands. On the thread of its loop alone; what comes out is anybody's.
public final class FrameReader {
    private static final int REGIMES = 3;

    private final Desk desk;
    private final DeskWatch watch;
    private final Contracts contracts;
    private final int places;

    private FrameReader(Desk desk, DeskWatch watch, int places) {
        this.desk = desk;
        this.watch = watch;
        this.contracts = desk.contracts();
        this.places = places;
    }

    /// @param places for strategies
    public static FrameReader of(Desk desk, DeskWatch watch, int places) {
        return new FrameReader(desk, watch, places);
    }

    /// The desk as it is.
    ///
    /// @param inputs that it has heard
    public DeskFrame read(long now, long inputs) {
        watch.placed(now, desk.sent());
        Optional<RiskMonitor> risk = desk.risk();
        List<DeskFrame.QuoteLine> quotes = new ArrayList<>();
        List<DeskFrame.StrategyLine> strategies = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            List<Seat> seats = desk.seats(place);
            if (!seats.isEmpty()) {
                strategies.add(strategy(place, seats));
                seats.forEach(seat -> quotes.add(quote(seat)));
            }
        }
        return new DeskFrame(
                now,
                desk.hash(),
                inputs,
                desk.allowed(),
                desk.breaker(),
                watch.breakerSince(),
                watch.breakerWhy(),
                risk.map(RiskMonitor::breaker),
                risk.map(RiskMonitor::reading).orElse(RiskReading.NONE),
                money(risk),
                byGreek(),
                strategies,
                positions(),
                quotes,
                greeks(),
                books(),
                venues(desk::ready),
                venues(desk::heard),
                IntStream.range(0, contracts.venues().size())
                        .mapToObj(desk::lastTruth)
                        .toList(),
                orders(now),
                refused(),
                watch.hedges(),
                watch.lastHedge(),
                watch.notes());
    }

    private List<Boolean> venues(IntPredicate asked) {
        return IntStream.range(0, contracts.venues().size())
                .mapToObj(asked::test)
                .toList();
    }

    private DeskFrame.Money money(Optional<RiskMonitor> risk) {
        Ledger ledger = desk.ledger();
        int whole = ledger.whole();
        double equity = ledger.equity();
        double last = risk.map(RiskMonitor::pnl24h).orElse(Double.NaN);
        // Not out of the share that was lost at the last look: the start would move with equity until the next.
        double began = risk.map(each -> each.track().startOfDay()).orElse(Double.NaN);
        return new DeskFrame.Money(
                equity,
                began,
                last,
                ledger.usd(Part.TOTAL, whole),
                ledger.usd(Part.REALISED, whole),
                ledger.usd(Part.UNREALISED, whole),
                ledger.usd(Part.FEES, whole),
                ledger.usd(Part.FUNDING, whole),
                ledger.usd(Part.SPREAD, whole),
                ledger.usd(Part.ADVERSE, whole),
                ledger.usd(Part.INVENTORY, whole),
                ledger.usd(Part.HEDGE, whole));
    }

    private DeskFrame.GreekMoney byGreek() {
        GreekWatch greeks = desk.greeks();
        return new DeskFrame.GreekMoney(
                greeks.byDelta(),
                greeks.byGamma(),
                greeks.byVega(),
                greeks.byTheta(),
                greeks.residual(),
                greeks.other(),
                greeks.total());
    }

    private DeskFrame.StrategyLine strategy(int place, List<Seat> seats) {
        Ledger ledger = desk.ledger();
        Seat wildest = seats.getFirst();
        for (Seat seat : seats) {
            wildest = seat.regime() > wildest.regime() ? seat : wildest;
        }
        Seat first = seats.getFirst();
        Seat shown = wildest;
        boolean quoting = seats.stream().anyMatch(seat -> seat.pulled().isEmpty());
        return new DeskFrame.StrategyLine(
                place,
                desk.strategy(place).map(StrategyTerms::name).orElse(""),
                watch.since(place),
                quoting,
                quoting ? "" : seats.getFirst().pulled().map(FrameReader::word).orElse(""),
                first.reason(),
                watch.answered(place),
                watch.fellBack(place),
                watch.late(place),
                wildest.regime(),
                IntStream.range(0, REGIMES)
                        .mapToObj(shown::probability)
                        .filter(each -> !each.isNaN())
                        .toList(),
                watch.regimeSince(place),
                ledger.usd(Part.TOTAL, place),
                ledger.usd(Part.REALISED, place),
                ledger.usd(Part.UNREALISED, place),
                ledger.usd(Part.FEES, place),
                ledger.usd(Part.FUNDING, place),
                sum(place, watch::fills),
                sum(place, watch::refusals));
    }

    private long sum(int place, LongReading of) {
        long sum = 0;
        for (int i = 0; i < contracts.size(); i++) {
            sum += of.of(place, i);
        }
        return sum;
    }

    private interface LongReading {
        long of(int place, int contract);
    }

    private static String word(Pulled why) {
        return why.name().toLowerCase(Locale.ROOT);
    }

    private DeskFrame.QuoteLine quote(Seat seat) {
        Market market = seat.market();
        Instrument instrument = market.contract().instrument();
        QuoteTarget target = seat.target();
        return new DeskFrame.QuoteLine(
                seat.strategy(),
                market.place(),
                seat.quotedAt(),
                price(instrument, seat.standingTicks(Side.BUY, 0)),
                instrument.quantity(seat.standingLots(Side.BUY, 0)),
                price(instrument, seat.standingTicks(Side.SELL, 0)),
                instrument.quantity(seat.standingLots(Side.SELL, 0)),
                target.fair(),
                target.reservation(),
                target.half(),
                target.shift(),
                seat.pulled().isPresent()
                        ? "no quote: " + word(seat.pulled().get())
                        : target.text(instrument) + "; spread " + seat.reason(),
                seat.pulled().isPresent(),
                watch.quotes(seat.strategy(), market.place()),
                watch.fills(seat.strategy(), market.place()),
                watch.refusals(seat.strategy(), market.place()),
                desk.ledger().amount(Part.TOTAL, seat.strategy(), market.place())
                        * desk.ledger().index(desk.ledger().currency(market.place())));
    }

    private static double price(Instrument instrument, long ticks) {
        return ticks == 0 ? Double.NaN : instrument.price(ticks);
    }

    private List<DeskFrame.PositionLine> positions() {
        Ledger ledger = desk.ledger();
        int whole = ledger.whole();
        List<DeskFrame.PositionLine> lines = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            Contract contract = contracts.get(i);
            long lots = ledger.lots(whole, i);
            boolean told = desk.told(contracts.venue(i));
            long said = told ? desk.venueLots(i) : 0;
            double realised = ledger.amount(Part.REALISED, whole, i);
            if (lots == 0 && said == 0 && realised == 0) {
                continue;
            }
            Market market = desk.market(i);
            double mark = market.valid() ? market.mid() : Double.NaN;
            double index = ledger.index(ledger.currency(i));
            lines.add(new DeskFrame.PositionLine(
                    i,
                    contract.instrument().quantity(lots),
                    ledger.entry(whole, i),
                    mark,
                    ledger.amount(Part.MARK, whole, i) * index,
                    ledger.amount(Part.UNREALISED, whole, i) * index,
                    realised * index,
                    told ? contract.instrument().quantity(said) : Double.NaN));
        }
        return lines;
    }

    private List<DeskFrame.GreekLine> greeks() {
        int whole = desk.ledger().whole();
        List<DeskFrame.GreekLine> lines = new ArrayList<>();
        List<String> assets = desk.assets();
        for (int i = 0; i < assets.size(); i++) {
            String base = assets.get(i);
            lines.add(new DeskFrame.GreekLine(
                    base,
                    desk.gate().delta(whole, base),
                    desk.gate().gamma(whole, base),
                    desk.gate().vega(whole, base),
                    desk.greeks().theta(base),
                    desk.price(i)));
        }
        return lines;
    }

    private List<DeskFrame.BookLine> books() {
        List<DeskFrame.BookLine> lines = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            Market market = desk.market(i);
            Instrument instrument = contracts.get(i).instrument();
            lines.add(new DeskFrame.BookLine(
                    i,
                    market.book().state().name(),
                    market.heardNanos(),
                    price(instrument, market.bidTicks()),
                    price(instrument, market.askTicks())));
        }
        return lines;
    }

    private DeskFrame.OrderLine orders(long now) {
        return new DeskFrame.OrderLine(
                desk.orders().open(),
                desk.orders().count(OrderState.UNKNOWN),
                desk.sent(),
                watch.amendedOrders(),
                watch.cancelledOrders(),
                watch.filledOrders(),
                watch.rejectedOrders(),
                watch.quoted(),
                watch.fillRate(now));
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this process
    private Map<String, Long> refused() {
        long[] counts = watch.refusedBy();
        Map<String, Long> refused = new LinkedHashMap<>();
        for (Refusal refusal : Refusal.values()) {
            if (refusal != Refusal.NONE) {
                refused.put(refusal.name(), counts[refusal.ordinal()]);
            }
        }
        return refused;
    }
}
