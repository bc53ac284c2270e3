package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small exchange without a protocol: books by price and time, accounts, positions, trades with their fees.
/// Under the lock of whoever calls it.
public final class Matcher {
    /// What became of a new order.
    public enum Outcome {
        RESTING,
        OVER,
        WOULD_TAKE,
        NOT_REDUCING
    }

    /// An order; its fields are the exchange's own truth.
    public static final class Order {
        final long id;
        final String account;
        final String label;
        final Contract contract;
        final Side side;
        final boolean postOnly;
        final boolean reduceOnly;
        final boolean protectedByVenue;
        final @Nullable Object owner;
        long ticks;
        long lots;
        long filled;
        boolean open = true;
        boolean amended;
        /// Whether the last amendment was told.
        boolean told;
        String ended = "";

        Order(
                long id,
                String account,
                String label,
                Contract contract,
                Side side,
                long ticks,
                long lots,
                boolean postOnly,
                boolean reduceOnly,
                boolean protectedByVenue,
                @Nullable Object owner) {
            this.id = id;
            this.account = account;
            this.label = label;
            this.contract = contract;
            this.side = side;
            this.ticks = ticks;
            this.lots = lots;
            this.postOnly = postOnly;
            this.reduceOnly = reduceOnly;
            this.protectedByVenue = protectedByVenue;
            this.owner = owner;
        }

        long left() {
            return lots - filled;
        }

        public Side side() {
            return side;
        }
    }

    /// One side of a trade.
    public record Fill(
            long tradeId,
            long sequence,
            long millis,
            Order order,
            Side side,
            long ticks,
            long lots,
            BigDecimal fee,
            boolean maker) {}

    /// Hears what happens, in order.
    public interface Ear {
        void traded(Fill taker, Fill maker);

        /// An order rests, changed or is over.
        void changed(Order order);

        /// What rests at a price now.
        void level(Contract contract, Side side, long ticks, long lots, boolean before);
    }

    private static final class Book {
        private final TreeMap<Long, List<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<Long, List<Order>> asks = new TreeMap<>();
        private long sequence = 100;

        NavigableMap<Long, List<Order>> side(Side side) {
            return side == Side.BUY ? bids : asks;
        }
    }

    private final Ear ear;
    private final Map<String, Book> books = new HashMap<>();
    private final Map<Long, Order> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> positions = new HashMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private long lastOrder;
    private long lastTrade;
    private long millis;

    public Matcher(Ear ear, long firstOrder, long firstTrade) {
        this.ear = ear;
        this.lastOrder = firstOrder;
        this.lastTrade = firstTrade;
    }

    public void at(long nowMillis) {
        millis = Math.max(millis, nowMillis);
    }

    long millis() {
        return millis;
    }

    /// The exchange begins with other numbers, as after a restart.
    public void renumber(long by) {
        lastOrder += by;
        lastTrade += by;
    }

    Order newOrder(
            String account,
            String label,
            Contract contract,
            Side side,
            long ticks,
            long lots,
            boolean postOnly,
            boolean reduceOnly,
            boolean guarded,
            @Nullable Object owner) {
        return new Order(
                ++lastOrder, account, label, contract, side, ticks, lots, postOnly, reduceOnly, guarded, owner);
    }

    /// Takes an order in.
    public Outcome place(Order order, boolean atOnce) {
        Book book = book(order.contract);
        if (order.postOnly && crosses(book, order)) {
            return Outcome.WOULD_TAKE;
        }
        long held = position(order.account, order.contract.symbol());
        if (order.reduceOnly && (order.side == Side.BUY ? held >= 0 : held <= 0)) {
            return Outcome.NOT_REDUCING;
        }
        orders.put(order.id, order);
        boolean own = match(book, order);
        if (order.left() == 0) {
            over(order, "filled");
            return Outcome.OVER;
        }
        if (atOnce || own) {
            over(order, "cancelled");
            return Outcome.OVER;
        }
        rest(book, order);
        ear.changed(order);
        return Outcome.RESTING;
    }

    /// Gives a resting order another price and quantity, at the end of its queue.
    ///
    /// @return false: a post-only order that would take; it is over
    public boolean amend(Order order, long ticks, long lots) {
        Book book = book(order.contract);
        leave(book, order);
        long oldTicks = order.ticks;
        order.ticks = ticks;
        if (order.postOnly && crosses(book, order)) {
            order.ticks = oldTicks;
            over(order, "edit_post_only_reject");
            return false;
        }
        order.lots = lots;
        order.amended = true;
        order.told = false;
        if (order.left() <= 0) {
            over(order, "cancelled");
            return true;
        }
        boolean own = match(book, order);
        if (order.left() == 0 || own) {
            over(order, own ? "cancelled" : "filled");
        } else {
            rest(book, order);
            ear.changed(order);
        }
        return true;
    }

    public void cancel(Order order, String why) {
        leave(book(order.contract), order);
        over(order, why);
    }

    private void over(Order order, String why) {
        order.open = false;
        order.ended = why;
        ear.changed(order);
    }

    private static boolean crosses(Book book, Order order) {
        NavigableMap<Long, List<Order>> other = book.side(order.side.other());
        return !other.isEmpty()
                && (order.side == Side.BUY ? other.firstKey() <= order.ticks : other.firstKey() >= order.ticks);
    }

    /// @return whether it met an order of its own account: what is left of it is taken back then
    private boolean match(Book book, Order order) {
        while (order.left() > 0 && crosses(book, order)) {
            NavigableMap<Long, List<Order>> other = book.side(order.side.other());
            List<Order> queue = other.firstEntry().getValue();
            Order resting = queue.getFirst();
            if (resting.account.equals(order.account) && !order.account.equals("others")) {
                return true;
            }
            long lots = Math.min(order.left(), resting.left());
            long price = resting.ticks;
            long rested = total(queue);
            order.filled += lots;
            resting.filled += lots;
            long trade = ++lastTrade;
            long sequence = ++book.sequence;
            Fill taken = fill(trade, sequence, order, price, lots, false);
            Fill made = fill(trade, sequence, resting, price, lots, true);
            if (resting.left() == 0) {
                queue.removeFirst();
                if (queue.isEmpty()) {
                    other.remove(price);
                }
            }
            ear.level(order.contract, resting.side, price, rested - lots, true);
            ear.traded(taken, made);
            if (resting.left() == 0) {
                over(resting, "filled");
            } else {
                ear.changed(resting);
            }
        }
        return false;
    }

    private Fill fill(long trade, long sequence, Order order, long price, long lots, boolean maker) {
        Fill fill = new Fill(
                trade,
                sequence,
                millis,
                order,
                order.side,
                price,
                lots,
                fee(order.contract, price, lots, maker),
                maker);
        fills.add(fill);
        positions
                .computeIfAbsent(order.account, any -> new HashMap<>())
                .merge(order.contract.symbol(), order.side == Side.BUY ? lots : -lots, Long::sum);
        return fill;
    }

    private static BigDecimal fee(Contract contract, long ticks, long lots, boolean maker) {
        double rate = maker ? contract.fees().maker() : contract.fees().taker();
        double price = contract.instrument().price(ticks);
        double quantity = contract.instrument().quantity(lots);
        double value = switch (contract.terms()) {
            case Terms.Linear _ -> price * quantity;
            case Terms.Inverse inverse -> quantity * inverse.unit() / price;
            case Terms.CoinOption _ -> quantity;
        };
        return BigDecimal.valueOf(value * rate)
                .setScale(8, java.math.RoundingMode.HALF_UP)
                .round(MathContext.DECIMAL64);
    }

    private void rest(Book book, Order order) {
        List<Order> queue = book.side(order.side).computeIfAbsent(order.ticks, any -> new ArrayList<>());
        boolean before = !queue.isEmpty();
        queue.add(order);
        ear.level(order.contract, order.side, order.ticks, total(queue), before);
    }

    private void leave(Book book, Order order) {
        List<Order> queue = book.side(order.side).get(order.ticks);
        if (queue != null && queue.remove(order)) {
            if (queue.isEmpty()) {
                book.side(order.side).remove(order.ticks);
            }
            ear.level(order.contract, order.side, order.ticks, total(queue), true);
        }
    }

    private static long total(List<Order> queue) {
        return queue.stream().mapToLong(Order::left).sum();
    }

    private Book book(Contract contract) {
        return books.computeIfAbsent(contract.symbol(), any -> new Book());
    }

    /// Price and lots of each level, the best first.
    public List<long[]> levels(Contract contract, Side side) {
        List<long[]> all = new ArrayList<>();
        book(contract).side(side).forEach((ticks, queue) -> all.add(new long[] {ticks, total(queue)}));
        return all;
    }

    public List<Order> open(String account) {
        return orders.values().stream()
                .filter(order -> order.open && order.account.equals(account))
                .toList();
    }

    public @Nullable Order find(String account, String label) {
        return orders.values().stream()
                .filter(order -> order.open && order.account.equals(account) && order.label.equals(label))
                .findFirst()
                .orElse(null);
    }

    public List<Fill> fills(String account) {
        return fills.stream()
                .filter(fill -> fill.order().account.equals(account))
                .toList();
    }

    /// In lots, below 0 when short.
    public long position(String account, String symbol) {
        return positions.getOrDefault(account, Map.of()).getOrDefault(symbol, 0L);
    }
}
