package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What the local exchanges of all protocols share: contracts, keys, a matcher, a place on the loopback
/// interface, and what a test does with them.
abstract class MatchingHouse implements LocalExchange, Loopback.House, Matcher.Ear {
    final Map<String, Contract> contracts = new LinkedHashMap<>();
    final Map<String, Credentials> keys = new LinkedHashMap<>();
    final LongSupplier clock;
    final Matcher matcher;
    final List<String> heard = new ArrayList<>();
    final Loopback loopback;
    int limited;
    int failing;
    private final Mischief mischief;

    MatchingHouse(List<Contract> traded, LongSupplier clock, RandomGenerator chance, long firstOrder, long firstTrade)
            throws IOException {
        traded.forEach(contract -> contracts.put(contract.symbol(), contract));
        this.clock = clock;
        this.mischief = Mischief.of(chance);
        this.matcher = new Matcher(this, firstOrder, firstTrade);
        this.loopback = Loopback.open(this, mischief);
    }

    /// What has changed of a book is published.
    abstract void publish(Contract contract);

    /// @throws Refused when it is not traded here
    abstract Contract contract(String symbol);

    /// Somebody with an account and its key.
    public synchronized void account(String name, Credentials credentials) {
        keys.put(name, credentials);
    }

    /// Methods and paths that were asked for, in order.
    public synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public Mischief mischief() {
        return mischief;
    }

    @Override
    public synchronized void limit(int requests) {
        limited = requests;
    }

    @Override
    public synchronized void fail(int requests) {
        failing = requests;
    }

    @Override
    public synchronized void others(String symbol, Side side, long ticks, long lots) {
        order("others", "", symbol, side, ticks, lots, false);
    }

    @Override
    public synchronized void take(String symbol, Side side, long ticks, long lots) {
        order("others", "", symbol, side, ticks, lots, true);
    }

    /// An order that did not come over the protocol.
    synchronized void order(
            String account, String label, String symbol, Side side, long ticks, long lots, boolean atOnce) {
        matcher.at(clock.getAsLong());
        Contract contract = contract(symbol);
        matcher.place(matcher.newOrder(account, label, contract, side, ticks, lots, false, false, false, null), atOnce);
        publish(contract);
    }

    @Override
    public synchronized List<Matcher.Order> open(String account) {
        return matcher.open(account);
    }

    @Override
    public synchronized List<Matcher.Fill> fills(String account) {
        return matcher.fills(account);
    }

    @Override
    public synchronized long position(String account, String symbol) {
        return matcher.position(account, symbol);
    }

    @Override
    public synchronized List<long[]> levels(String symbol, Side side) {
        return matcher.levels(contract(symbol), side);
    }

    @Override
    public void close() throws IOException {
        loopback.close();
    }
}
