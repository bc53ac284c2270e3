package dev.tranche.market.account;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The account of a desk: positions, cash, cost, fees and funding by strategy and contract and of the whole,
/// exact in whole numbers (of [Part], see there; a lot counts for what [Worth] says, and what an average cost
/// leaves over stays in the position, so that nothing is lost or made by rounding).
///
/// Fills may come twice, late and corrected. The last `memory` of them are remembered over all contracts: a
/// repetition is told from those. A trade that is not among them and is not above the highest that was
/// forgotten of its contract cannot be told from one that was booked: it is answered [Booking#UNDECIDED] and
/// not booked, so that the position is asked for, never guessed. Venues number trades upwards, so that this
/// takes a fill that is later than `memory` others. A correction books what would have been, had the right
/// fill been first, the average cost included.
///
/// `strategy` is 0, 1, … of the strategies, [#house] for what belongs to none, and, in readings, [#whole].
/// One writer, time handed in and never going back; an event allocates nothing once its book is open.
public final class Ledger {
    /// Fills remembered where nobody says otherwise.
    public static final int MEMORY = 65_536;

    /// Adverse selection is measured over this where nobody says otherwise.
    public static final Duration HORIZON = Duration.ofSeconds(10);

    private static final String DOLLAR = "USD";
    private static final long MOST_LOTS = 1L << 53;
    private static final long NEVER = Tally.NEVER;

    private final Contracts contracts;
    private final int strategies;
    private final long horizon;
    private final Worth[] worths;
    private final long[] marks;
    private final boolean[] marked;
    private final boolean[] traded;
    private final long[] settled;
    private final Fills fills;
    private final Books books;
    private final Tally tally;
    private final List<String> currencies;
    private final int[] currency;
    private final Deposits deposits;
    private final Payments payments;
    private final double[] index;
    private final Reading reading;
    private long growing;
    private long adopted;

    private Ledger(Contracts contracts, int strategies, int memory, Duration horizon) {
        int size = contracts.size();
        this.contracts = contracts;
        this.strategies = strategies;
        this.horizon = horizon.toNanos();
        this.worths =
                contracts.all().stream().map(each -> Worth.of(contracts, each)).toArray(Worth[]::new);
        this.marks = new long[size];
        this.marked = new boolean[size];
        this.traded = new boolean[size];
        this.settled = new long[size];
        Arrays.fill(settled, NEVER);
        this.fills = new Fills(size, memory);
        this.books = new Books(size, strategies + 2);
        this.tally = new Tally(fills, books, worths, marks, settled, strategies + 1);
        Set<String> names = new LinkedHashSet<>();
        contracts.all().forEach(each -> names.add(each.terms().settlement()));
        contracts.all().forEach(each -> names.add(each.terms().quote()));
        names.add(DOLLAR);
        this.currencies = List.copyOf(names);
        this.currency = contracts.all().stream()
                .mapToInt(each -> currencies.indexOf(each.terms().settlement()))
                .toArray();
        this.deposits = new Deposits(currencies.size());
        this.payments = new Payments(size);
        this.index = new double[currencies.size()];
        Arrays.fill(index, Double.NaN);
        index[currencies.indexOf(DOLLAR)] = 1;
        this.reading = new Reading(books, worths, marks);
    }

    /// An empty account.
    ///
    /// @param strategies how many have a sub-ledger, at least 1
    /// @param memory fills remembered, 1..2^24 (rounded up to a power of two)
    /// @param horizon over which a move of the mark after a fill counts as adverse selection, at least 0
    /// @throws IllegalArgumentException when a number is out of its range, or an option's underlying is not
    ///     among the contracts
    public static Ledger of(Contracts contracts, int strategies, int memory, Duration horizon) {
        if (strategies < 1 || memory < 1 || memory > 1 << 24 || horizon.isNegative()) {
            throw new IllegalArgumentException("strategies must be at least 1, memory within 1..16777216, horizon at"
                    + " least 0: " + strategies + ", " + memory + ", " + horizon);
        }
        return new Ledger(contracts, strategies, memory, horizon);
    }

    /// As [#of(Contracts, int, int, Duration)] with [#MEMORY] and [#HORIZON].
    public static Ledger of(Contracts contracts, int strategies) {
        return of(contracts, strategies, MEMORY, HORIZON);
    }

    public Contracts contracts() {
        return contracts;
    }

    /// How many strategies have a sub-ledger.
    public int strategies() {
        return strategies;
    }

    /// The place of the sub-ledger of fills that belong to no strategy.
    public int house() {
        return strategies;
    }

    /// The place under which readings tell of the whole account.
    public int whole() {
        return strategies + 1;
    }

    /// The currencies that contracts settle in or are priced in, and `USD`, which is worth 1 from the start, by
    /// their places.
    public List<String> currencies() {
        return currencies;
    }

    /// The place of the currency that a contract settles in.
    public int currency(int contract) {
        return currency[contract];
    }

    /// A fill.
    ///
    /// @param strategy 0..[#house]
    /// @param tradeId of the contract; see above
    /// @param ticks at least 1
    /// @param lots 1..2^53
    /// @param fee in 1e-8 of the settlement currency, below 0 for a rebate
    /// @throws IllegalArgumentException when something is out of its range; nothing is changed then
    public Booking fill(
            long nowNanos,
            int strategy,
            int contract,
            long tradeId,
            Side side,
            long ticks,
            long lots,
            long fee,
            Intent intent) {
        within("strategy", strategy, 0, strategies);
        within("lots", lots, 1, MOST_LOTS);
        within("ticks", ticks, 1, Long.MAX_VALUE);
        long worth = worths[contract].of(ticks);
        time(nowNanos);
        long signed = side.sign() * lots;
        int found = fills.find(contract, tradeId);
        if (found >= 0 && fills.book[found] >= 0) {
            boolean same = (fills.firstLots[found] == signed && fills.firstTicks[found] == ticks)
                    || (fills.lots[found] == signed && fills.ticks[found] == ticks);
            return same ? Booking.REPEATED : Booking.CONFLICTING;
        }
        if (found < 0 && tradeId > Long.MIN_VALUE + adopted && fills.doubtful(contract, tradeId)) {
            return Booking.UNDECIDED;
        }
        long rightTicks = found < 0 ? ticks : fills.ticks[found];
        long rightLots = found < 0 ? signed : side.sign() * fills.lots[found];
        long rightFee = found < 0 ? fee : fills.fee[found];
        if (found >= 0) {
            worth = worths[contract].of(rightTicks);
            fills.use(found);
        }
        if (!marked[contract] && !traded[contract]) {
            marks[contract] = worth;
        }
        traded[contract] = true;
        int book = books.open(strategy, contract);
        int all = books.open(whole(), contract);
        int place = remember(contract, tradeId);
        fills.book[place] = book;
        fills.nanos[place] = nowNanos;
        fills.lots[place] = rightLots;
        fills.ticks[place] = rightTicks;
        fills.fee[place] = rightFee;
        fills.firstLots[place] = signed;
        fills.firstTicks[place] = ticks;
        fills.mark[place] = marks[contract];
        fills.later[place] = marks[contract];
        fills.grown[place] = settled[contract] != NEVER;
        fills.hedge[place] = intent == Intent.HEDGE;
        if (settled[contract] == NEVER) {
            books.trade(book, Books.COST, books.lots[book], rightLots, worth);
            books.trade(all, Books.COST, books.lots[all], rightLots, worth);
        }
        tally.count(place, book, 1);
        tally.count(place, all, 1);
        return Booking.BOOKED;
    }

    /// Books lots that no trade explains, such as a position from before the desk: never a repetition, and not to
    /// be corrected.
    ///
    /// @param strategy 0..[#house]
    /// @param lots below 0 for a sale, not 0
    public void adopt(long nowNanos, int strategy, int contract, long ticks, long lots) {
        long name = Long.MIN_VALUE + ++adopted;
        fill(
                nowNanos,
                strategy,
                contract,
                name,
                lots > 0 ? Side.BUY : Side.SELL,
                ticks,
                Math.abs(lots),
                0,
                Intent.LIQUIDATION);
    }

    private int remember(int contract, long tradeId) {
        if (fills.full()) {
            int oldest = fills.place(fills.first());
            if (fills.book[oldest] >= 0) {
                tally.grow(oldest);
                tally.forget(fills.book[oldest], oldest);
                tally.forget(books.find(whole(), fills.contract[oldest]), oldest);
            }
            fills.forget();
            growing = Math.max(growing, fills.first());
        }
        return fills.append(contract, tradeId);
    }

    /// A fill said before is another one.
    ///
    /// @param ticks at least 1
    /// @param lots 0..2^53; 0 takes the fill back
    /// @param fee in 1e-8 of the settlement currency
    /// @throws IllegalArgumentException when something is out of its range; nothing is changed then
    public Booking correct(long nowNanos, int contract, long tradeId, long ticks, long lots, long fee) {
        within("lots", lots, 0, MOST_LOTS);
        within("ticks", ticks, 1, Long.MAX_VALUE);
        worths[contract].of(ticks);
        time(nowNanos);
        int place = fills.find(contract, tradeId);
        if (place < 0) {
            if (fills.doubtful(contract, tradeId)) {
                return Booking.UNDECIDED;
            }
            place = remember(contract, tradeId);
            fills.book[place] = Fills.AWAITED;
            fills.nanos[place] = nowNanos;
        }
        if (fills.book[place] == Fills.AWAITED) {
            fills.ticks[place] = ticks;
            fills.lots[place] = lots;
            fills.fee[place] = fee;
            return Booking.AWAITED;
        }
        long signed = fills.firstLots[place] < 0 ? -lots : lots;
        if (fills.lots[place] == signed && fills.ticks[place] == ticks && fills.fee[place] == fee) {
            return Booking.REPEATED;
        }
        int book = fills.book[place];
        int all = books.find(whole(), contract);
        tally.count(place, book, -1);
        tally.count(place, all, -1);
        fills.lots[place] = signed;
        fills.ticks[place] = ticks;
        fills.fee[place] = fee;
        tally.count(place, book, 1);
        tally.count(place, all, 1);
        if (settled[contract] == NEVER) {
            tally.cost(book, false);
            tally.cost(all, true);
        }
        return Booking.BOOKED;
    }

    /// Ends adverse selection of the fills that are older than the horizon, at the marks in force. Every event
    /// with a time does it first.
    public void time(long nowNanos) {
        while (growing < fills.next()) {
            int place = fills.place(growing);
            if (fills.nanos[place] > nowNanos - horizon) {
                return;
            }
            tally.grow(place);
            growing++;
        }
    }

    /// Funding paid (above 0) or received for the position in a contract, in 1e-8 of the settlement currency;
    /// the strategies that hold it share it by position, to the last 1e-8. Without a position it is the house's.
    /// A repetition is told by when it was due, among the last [Payments#MEMORY] of the contract; one that was due
    /// before all of those counts as one.
    ///
    /// @param dueNanos when it was paid by the venue's clock, epoch nanoseconds
    /// @return BOOKED, or REPEATED
    public Booking funding(int contract, long dueNanos, long paid) {
        if (!payments.add(contract, dueNanos)) {
            return Booking.REPEATED;
        }
        int all = books.open(whole(), contract);
        books.funding[all] = Math.addExact(books.funding[all], paid);
        long left = paid;
        long held = 0;
        for (int book = books.head(contract); book >= 0; book = books.following(book)) {
            if (book == all || books.lots[book] == 0) {
                continue;
            }
            held += books.lots[book];
            long share = books.lots[all] == 0 ? Long.MIN_VALUE : Sums.share(paid, held, books.lots[all]);
            if (share == Long.MIN_VALUE) {
                break;
            }
            // What all up to this one have to pay, less what those before it paid.
            books.funding[book] = Math.addExact(books.funding[book], share - (paid - left));
            left = paid - share;
        }
        if (left != 0) {
            int house = books.open(house(), contract);
            books.funding[house] = Math.addExact(books.funding[house], left);
        }
        return Booking.BOOKED;
    }

    /// A contract expired: positions are paid out, and so is every fill that is still to be heard of.
    ///
    /// @param underlyingTicks the delivery price: of an option in ticks of its underlying's grid, else of its own
    /// @return BOOKED; REPEATED or CONFLICTING when it expired before, at this price or another
    public Booking settle(long nowNanos, int contract, long underlyingTicks) {
        long worth = worths[contract].settled(underlyingTicks);
        if (settled[contract] != NEVER) {
            return settled[contract] == worth ? Booking.REPEATED : Booking.CONFLICTING;
        }
        time(nowNanos);
        for (long each = growing; each < fills.next(); each++) {
            if (fills.contract[fills.place(each)] == contract) {
                tally.grow(fills.place(each));
            }
        }
        for (int book = books.head(contract); book >= 0; book = books.following(book)) {
            books.add(book, Books.CASH, books.lots[book], worth);
            books.add(book, Books.OLD, books.oldLots[book], worth);
            books.add(book, Books.HEDGE, books.hedgeLots[book], worth);
            books.sums().clear(books.at(book, Books.COST));
            books.lots[book] = 0;
            books.oldLots[book] = 0;
            books.hedgeLots[book] = 0;
        }
        settled[contract] = worth;
        marks[contract] = worth;
        marked[contract] = true;
        return Booking.BOOKED;
    }

    /// What a contract is marked at from now on.
    ///
    /// @param ticks at least 0, of an inverse contract at least 1
    public void mark(long nowNanos, int contract, long ticks) {
        long worth = worths[contract].of(ticks);
        time(nowNanos);
        if (settled[contract] == NEVER) {
            marks[contract] = worth;
            marked[contract] = true;
        }
    }

    /// What one unit of a currency is worth in USD from now on.
    ///
    /// @param usd positive and finite; NaN when it is no longer known
    public void index(int currencyPlace, double usd) {
        if (!(usd > 0 && usd < Double.POSITIVE_INFINITY) && !Double.isNaN(usd)) {
            throw new IllegalArgumentException("usd must be positive and finite, or NaN: " + usd);
        }
        index[currencyPlace] = usd;
        deposits.index(currencyPlace, usd);
    }

    /// The last said; NaN while unknown.
    public double index(int currencyPlace) {
        return index[currencyPlace];
    }

    /// Capital paid in (above 0) or out, in 1e-8 of the currency.
    public void deposit(int currencyPlace, long amount) {
        deposits.add(currencyPlace, amount, index[currencyPlace]);
    }

    /// Capital paid in, in USD at the index of the time (the first that was known, when none was): what profit is
    /// counted from. NaN while an index that it needs was never known.
    public double capital() {
        return deposits.paid();
    }

    /// What the capital paid in is worth now, in USD; NaN while an index that it needs is not known. Differs from
    /// [#capital] by what its coins gained or lost.
    public double deposited() {
        return deposits.worth(index);
    }

    /// The position, below 0 when short.
    public long lots(int strategy, int contract) {
        int book = books.find(strategy, contract);
        return book < 0 ? 0 : books.lots[book];
    }

    /// The first contract in which a strategy, [#house] or [#whole] has a book, or -1; the order is that of
    /// opening, the last first.
    public int firstContract(int strategy) {
        int book = books.own(strategy);
        return book < 0 ? -1 : books.contract(book);
    }

    /// The contract after that one, or -1.
    public int nextContract(int strategy, int contract) {
        int book = books.next(books.find(strategy, contract));
        return book < 0 ? -1 : books.contract(book);
    }

    /// Whether a market's mark is known of the contract.
    public boolean marked(int contract) {
        return marked[contract];
    }

    /// Whether the contract was paid out.
    public boolean expired(int contract) {
        return settled[contract] != NEVER;
    }

    /// The average price of what is open, in the quote currency; NaN without a position.
    public double entry(int strategy, int contract) {
        return reading.entry(books.find(strategy, contract), contracts.get(contract));
    }

    /// A part of the profit and loss, in the settlement currency, rounded to a double.
    public double amount(Part part, int strategy, int contract) {
        return reading.amount(part, books.find(strategy, contract), contract);
    }

    /// A part of the profit and loss, in the settlement currency, exact.
    public BigDecimal exact(Part part, int strategy, int contract) {
        return reading.exact(part, books.find(strategy, contract), contract);
    }

    /// A part of the profit and loss of all contracts, in USD; NaN while a price that it needs is not known.
    public double usd(Part part, int strategy) {
        double sum = 0;
        for (int book = books.own(strategy); book >= 0; book = books.next(book)) {
            int contract = books.contract(book);
            double amount = reading.amount(part, book, contract);
            boolean known = marked[contract] || books.lots[book] == 0;
            sum += !known ? Double.NaN : amount == 0 ? 0 : amount * index[currency[contract]];
        }
        return sum;
    }

    /// What the capital is worth and the profit of trading, in USD; NaN while a price that it needs is not known.
    public double equity() {
        return deposited() + usd(Part.TOTAL, whole());
    }

    /// Over everything that decides.
    public long hash() {
        long hash = reading.hash(fills.next());
        for (int i = 0; i < marks.length; i++) {
            hash = 31 * (31 * hash + marks[i]) + settled[i];
        }
        for (int i = 0; i < index.length; i++) {
            hash = 31 * hash + Double.doubleToLongBits(index[i]);
        }
        return 31 * (31 * hash + deposits.hash()) + payments.hash();
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}
