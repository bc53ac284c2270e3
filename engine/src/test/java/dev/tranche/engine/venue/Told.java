package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What a gateway tells, written down in words and kept as the simplest desk would: which orders are live,
/// which trades were ours, each once. For the test's thread alone, behind a [Mailbox].
class Told implements GatewayInbox {
    private final Semaphore woken = new Semaphore(0);
    final Mailbox box = Mailbox.of(100_000, woken::release);
    final List<String> words = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    /// Live orders and the time at which they were sent; an order that we know nothing of is live.
    final Map<Long, Long> live = new LinkedHashMap<>();
    /// Ours by contract and trade: lots, below 0 for a sale.
    final Map<String, Long> fills = new LinkedHashMap<>();
    final Map<Integer, Long> positions = new HashMap<>();
    final Map<Integer, List<byte[]>> messages = new HashMap<>();
    final Set<Integer> lost = new HashSet<>();
    int repeated;
    int truths;
    int connections;
    boolean connected;
    boolean frozen;
    private long asOf;
    private final Set<Long> listed = new HashSet<>();

    /// An order is about to be sent.
    void sending(long orderId, long nowNanos) {
        live.put(orderId, nowNanos);
    }

    /// Waits until it holds, at most for 10 s.
    boolean until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            box.drain(this, Integer.MAX_VALUE);
            if (holds.getAsBoolean()) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            woken.tryAcquire(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)), TimeUnit.NANOSECONDS);
        }
    }

    /// Takes in what comes until one thing has come, at most for so long.
    void listen(long millis) throws InterruptedException {
        woken.drainPermits();
        if (box.drain(this, Integer.MAX_VALUE) == 0 && woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            box.drain(this, Integer.MAX_VALUE);
        }
    }

    boolean said(String what) throws InterruptedException {
        return until(() -> words.contains(what));
    }

    /// Sum of our fills in a contract.
    long filled(int contract) {
        return fills.entrySet().stream()
                .filter(fill -> fill.getKey().startsWith(contract + ":"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void say(String what) {
        words.add(what);
    }

    @Override
    public void accepted(long now, long id, int contract) {
        say("accepted " + id);
    }

    @Override
    public void rejected(long now, long id, int contract, Rejection why) {
        live.remove(id);
        say("rejected " + id + " " + why);
    }

    @Override
    public void amended(long now, long id, int contract, long ticks, long lots) {
        say("amended " + id + " " + lots + " @ " + ticks);
    }

    @Override
    public void amendRefused(long now, long id, int contract, Rejection why) {
        if (why == Rejection.NOT_OPEN) {
            live.remove(id);
        }
        say("amend refused " + id + " " + why);
    }

    @Override
    public void cancelRefused(long now, long id, int contract, Rejection why) {
        if (why == Rejection.NOT_OPEN) {
            live.remove(id);
        }
        say("cancel refused " + id + " " + why);
    }

    @Override
    public void cancelled(long now, long id, int contract, long lots) {
        live.remove(id);
        say("cancelled " + id + " filled " + lots);
    }

    @Override
    public void filled(
            long now, long id, int contract, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        if (fills.put(contract + ":" + trade, side.sign() * lots) != null) {
            repeated++;
            return;
        }
        say("filled " + id + " " + side + " " + lots + " @ " + ticks + " fee " + fee + (maker ? " maker" : " taker"));
    }

    @Override
    public void corrected(long now, int contract, long trade, long ticks, long lots, long fee) {
        say("corrected " + trade);
    }

    @Override
    public void funding(long now, int contract, long due, long paid) {
        say("funding " + contract + " " + paid);
    }

    @Override
    public void settled(long now, int contract, long ticks) {
        say("settled " + contract + " at " + ticks);
    }

    @Override
    public void connected(long now, int venue) {
        connected = true;
        connections++;
        say("connected");
    }

    @Override
    public void disconnected(long now, int venue) {
        connected = false;
        say("disconnected");
    }

    @Override
    public void truth(long now, int venue, long asOfNanos) {
        asOf = asOfNanos;
        listed.clear();
        positions.clear();
    }

    @Override
    public void openOrder(long now, long id, int contract, Side side, long ticks, long lots, long filledLots) {
        listed.add(id);
        if (id != 0) {
            live.putIfAbsent(id, asOf);
        }
        say("open " + id + " " + side + " " + lots + " @ " + ticks + " filled " + filledLots);
    }

    @Override
    public void position(long now, int contract, long lots) {
        positions.put(contract, lots);
    }

    @Override
    public void truthEnds(long now, int venue) {
        live.entrySet().removeIf(order -> order.getValue() < asOf && !listed.contains(order.getKey()));
        truths++;
    }

    @Override
    public void market(long now, int contract, byte[] bytes, int from, int to) {
        messages.computeIfAbsent(contract, any -> new ArrayList<>()).add(bytes);
    }

    @Override
    public void marketLost(long now, int contract) {
        lost.add(contract);
    }

    @Override
    public void protection(long now, int venue, boolean triggered) {
        frozen = triggered;
        say("protection " + triggered);
    }

    @Override
    public void notice(long now, int venue, String text) {
        notices.add(text);
    }
}
