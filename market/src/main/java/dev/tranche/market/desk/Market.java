package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import dev.tranche.market.spread.SpreadFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The market of one contract: its book, its best prices, what is measured of it, and the seats that quote it.
/// One writer; nothing is allocated by events.
///
/// The best prices are those of the newest update told, by the venue's best-price stream or by the book. While
/// nothing but best prices was ever heard, they are enough to quote on; from the first change of a book on, the
/// book has to be valid.
public final class Market implements MarketSink {
    private static final long MILLIS = 1_000_000;
    /// Seats of options look again at once when their underlying moves, if there are no more; else in turn.
    private static final int MOST_AT_ONCE = 16;

    private final Floor floor;
    private final int place;
    private final Contract contract;
    private final OrderBook book;
    private final List<SpreadSource> spreads = new ArrayList<>();
    private final List<SpreadFeatures> features = new ArrayList<>();
    private final List<Volatility> volatilities = new ArrayList<>();
    private final List<RegimeWatch> watches = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    /// Seats of other contracts that this one's price moves: options on it.
    private final List<Seat> followers = new ArrayList<>();

    private boolean depthHeard;
    private boolean broken = true;
    private boolean valid;
    private boolean expired;
    private boolean reconciled = true;
    private boolean doubtful;
    private long bestId = UNKNOWN;
    private long bidTicks;
    private long bidLots;
    private long askTicks;
    private long askLots;
    private long heardNanos = UNKNOWN;
    private long eventMillis = UNKNOWN;

    Market(Floor floor, int place) {
        this.floor = floor;
        this.place = place;
        this.contract = floor.contracts.get(place);
        this.book = OrderBook.of(floor.terms.levels());
    }

    public int place() {
        return place;
    }

    public Contract contract() {
        return contract;
    }

    public OrderBook book() {
        return book;
    }

    List<Seat> seats() {
        return seats;
    }

    /// Whether there is a sound best bid and ask.
    public boolean valid() {
        return valid;
    }

    /// Whether the book is known to lack a side, or both: nothing in it is in doubt, there is only no middle.
    boolean lopsided() {
        return (depthHeard ? book.valid() : !broken) && (bidLots == 0 || askLots == 0);
    }

    public boolean expired() {
        return expired;
    }

    public boolean reconciled() {
        return reconciled;
    }

    /// @return whether that is a change
    boolean reconciled(boolean agrees) {
        boolean changed = reconciled != agrees;
        reconciled = agrees;
        return changed;
    }

    /// Whether its position is in doubt, so that it is not quoted, though perhaps not for long enough that the risk
    /// is in doubt too.
    public boolean doubtful() {
        return doubtful || !reconciled;
    }

    void doubtful(boolean doubted) {
        doubtful = doubted;
    }

    void expire() {
        expired = true;
        requote();
    }

    public long bidTicks() {
        return bidTicks;
    }

    public long bidLots() {
        return bidLots;
    }

    public long askTicks() {
        return askTicks;
    }

    public long askLots() {
        return askLots;
    }

    public long heardNanos() {
        return heardNanos;
    }

    public long eventMillis() {
        return eventMillis;
    }

    /// How long the desk's last answer to this contract's data took, as measured outside.
    void took(long nanos) {
        for (SpreadSource each : spreads) {
            each.took(nanos);
        }
    }

    /// The middle of the best prices; only while valid.
    public double mid() {
        return 0.5
                * (contract.instrument().price(bidTicks) + contract.instrument().price(askTicks));
    }

    /// The best prices weighted with the other side's quantity; only while valid.
    public double micro() {
        double bid = contract.instrument().price(bidTicks);
        double ask = contract.instrument().price(askTicks);
        return (bid * askLots + ask * bidLots) / ((double) bidLots + askLots);
    }

    void seat(Seat seat) {
        seats.add(seat);
    }

    void leave(Seat seat) {
        seats.remove(seat);
    }

    void follow(Seat seat) {
        followers.add(seat);
    }

    void unfollow(Seat seat) {
        followers.remove(seat);
    }

    /// What is measured for terms like these, shared by all who ask alike.
    Volatility volatility(StrategyTerms.Volatility terms) {
        for (Volatility each : volatilities) {
            if (each.terms().equals(terms)) {
                return each;
            }
        }
        Volatility made = new Volatility(terms);
        volatilities.add(made);
        return made;
    }

    /// As [#volatility].
    RegimeWatch watch(StrategyTerms.Detector detector) {
        for (RegimeWatch each : watches) {
            if (each.detector().equals(detector)) {
                return each;
            }
        }
        RegimeWatch made = new RegimeWatch(detector, contract.instrument());
        watches.add(made);
        return made;
    }

    /// As [#volatility].
    SpreadSource spread(StrategyTerms.Spread terms) {
        for (SpreadSource each : spreads) {
            if (each.terms().equals(terms)) {
                return each;
            }
        }
        int millis = (int) terms.sample().toMillis();
        SpreadFeatures shared = null;
        for (SpreadSource each : spreads) {
            shared = each.terms().sample().equals(terms.sample()) ? each.features() : shared;
        }
        if (shared == null) {
            shared = SpreadFeatures.of(book, millis);
            features.add(shared);
        }
        SpreadSource made = new SpreadSource(floor, terms, shared);
        spreads.add(made);
        return made;
    }

    /// Models of a product changed.
    void modelled(String product) {
        for (SpreadSource each : spreads) {
            each.modelled(product);
        }
    }

    /// An order of a strategy that is none of its quotes any more changed, perhaps leaving room for another.
    void room(int strategy) {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).strategy() == strategy) {
                seats.get(i).room();
            }
        }
    }

    /// The venue is there anew: what it refused before, it may accept.
    void reconnected() {
        for (int i = 0; i < seats.size(); i++) {
            seats.get(i).reconnected();
        }
    }

    void requote() {
        for (int i = 0; i < seats.size(); i++) {
            seats.get(i).requote();
        }
    }

    @Override
    public void trade(long millis, long receivedNanos, long tradeId, long ticks, long lots, @Nullable Side aggressor) {
        clock(millis, receivedNanos);
        floor.heard.add(3).add(place).add(ticks).add(lots).add(aggressor == null ? 0 : aggressor.sign());
        for (int i = 0; i < features.size(); i++) {
            features.get(i).trade(millis, floor.now, tradeId, ticks, lots, aggressor);
        }
        long at = millis == UNKNOWN ? floor.now / MILLIS : millis;
        for (int i = 0; i < watches.size(); i++) {
            watches.get(i).trade(at, ticks, lots, aggressor);
        }
        late();
    }

    @Override
    public void top(
            long millis,
            long receivedNanos,
            long updateId,
            long newBidTicks,
            long newBidLots,
            long newAskTicks,
            long newAskLots) {
        clock(millis, receivedNanos);
        floor.heard
                .add(4)
                .add(place)
                .add(newBidTicks)
                .add(newBidLots)
                .add(newAskTicks)
                .add(newAskLots);
        for (int i = 0; i < features.size(); i++) {
            features.get(i).top(millis, floor.now, updateId, newBidTicks, newBidLots, newAskTicks, newAskLots);
        }
        broken = false;
        if (updateId == UNKNOWN || bestId == UNKNOWN || updateId >= bestId) {
            best(updateId, newBidTicks, newBidLots, newAskTicks, newAskLots);
        }
        changed();
    }

    @Override
    public void depth(long millis, long receivedNanos, long firstId, long lastId, long previousId) {
        clock(millis, receivedNanos);
        floor.heard.add(5).add(place).add(firstId).add(lastId).add(previousId);
        depthHeard = true;
        book.depth(firstId, lastId, previousId);
        for (int i = 0; i < features.size(); i++) {
            features.get(i).depth(millis, floor.now, firstId, lastId, previousId);
        }
    }

    @Override
    public void snapshot(long millis, long receivedNanos, long lastId) {
        clock(millis, receivedNanos);
        floor.heard.add(6).add(place).add(lastId);
        depthHeard = true;
        book.snapshot(lastId);
        for (int i = 0; i < features.size(); i++) {
            features.get(i).snapshot(millis, floor.now, lastId);
        }
    }

    @Override
    public void level(Side side, long ticks, long lots) {
        floor.heard.add(side == Side.BUY ? ticks : -ticks).add(lots);
        book.level(side, ticks, lots);
    }

    @Override
    public void end() {
        boolean was = book.valid();
        book.end();
        for (int i = 0; i < features.size(); i++) {
            features.get(i).end();
        }
        if (book.valid()) {
            if (bestId == UNKNOWN || book.lastId() > bestId) {
                best(book.lastId(), book.bidTicks(0), book.bidLots(0), book.askTicks(0), book.askLots(0));
            }
        } else if (was) {
            floor.notice(Notice.BOOK_INVALID, place, book.found(), book.expected());
            forget();
        }
        changed();
    }

    @Override
    public void fault(Fault fault, long millis, long receivedNanos, long found, long expected) {
        clock(millis, receivedNanos);
        floor.heard.add(7).add(place).add(found).add(expected);
        for (int i = 0; i < features.size(); i++) {
            features.get(i).fault(fault, millis, floor.now, found, expected);
        }
        switch (fault.consequence()) {
            case NOTE, DROP -> {}
            case RESET -> {
                long at = millis == UNKNOWN ? floor.now / MILLIS : millis;
                for (int i = 0; i < watches.size(); i++) {
                    watches.get(i).invalid(at);
                }
                if (fault == Fault.SEQUENCE_BREAK || fault == Fault.RESTART || fault == Fault.LOST) {
                    broken = true;
                    if (depthHeard && book.valid()) {
                        floor.notice(Notice.BOOK_INVALID, place, found, expected);
                        book.invalidate();
                    }
                    forget();
                    changed();
                }
            }
        }
    }

    private void clock(long millis, long receivedNanos) {
        long at = receivedNanos != UNKNOWN ? receivedNanos : millis == UNKNOWN ? floor.now : millis * MILLIS;
        floor.clock(at);
        heardNanos = floor.now;
        eventMillis = millis;
        floor.heard.add(at);
    }

    private void best(long id, long newBidTicks, long newBidLots, long newAskTicks, long newAskLots) {
        bestId = id;
        bidTicks = newBidTicks;
        bidLots = newBidLots;
        askTicks = newAskTicks;
        askLots = newAskLots;
    }

    private void forget() {
        best(UNKNOWN, 0, 0, 0, 0);
        for (int i = 0; i < volatilities.size(); i++) {
            volatilities.get(i).gap();
        }
    }

    private void changed() {
        boolean was = valid;
        valid = (depthHeard ? book.valid() : !broken) && bidLots > 0 && askLots > 0 && bidTicks < askTicks;
        if (valid) {
            long mid = (bidTicks + askTicks) / 2;
            double price = mid();
            floor.gate.reference(floor.now, place, mid);
            floor.ledger.mark(floor.now, place, mid);
            if (floor.assets.prices(place)) {
                floor.price(floor.assets.of(place), price);
            }
            for (int i = 0; i < volatilities.size(); i++) {
                volatilities.get(i).on(floor.now, price);
            }
        } else if (was) {
            floor.gate.reference(floor.now, place, 0);
        }
        requote();
        boolean few = followers.size() <= MOST_AT_ONCE;
        for (int i = 0; i < followers.size(); i++) {
            if (few) {
                followers.get(i).requote();
            } else {
                followers.get(i).stir();
            }
        }
    }

    /// Seats that wait look again.
    private void late() {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).waits()) {
                seats.get(i).requote();
            }
        }
    }

    void digest(Digest into) {
        into.add(depthHeard).add(broken).add(valid).add(expired).add(reconciled).add(doubtful);
        into.add(bestId).add(bidTicks).add(bidLots).add(askTicks).add(askLots);
        into.add(heardNanos).add(eventMillis).add(book.lastId());
        for (Side side : Side.values()) {
            int levels = book.levels(side);
            into.add((long) levels);
            for (int i = 0; i < levels; i++) {
                into.add(side == Side.BUY ? book.bidTicks(i) : book.askTicks(i));
                into.add(side == Side.BUY ? book.bidLots(i) : book.askLots(i));
            }
        }
        features.forEach(each -> into.add(each.hash()));
        volatilities.forEach(each -> each.digest(into));
        watches.forEach(each -> each.digest(into));
        spreads.forEach(each -> each.digest(into));
        seats.forEach(each -> each.digest(into));
    }
}
