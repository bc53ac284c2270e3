package dev.tranche.market.account;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// The account of a desk. One writer; nothing is allocated by events.
@SuppressWarnings("DoNotCallSuggester") // until the bodies follow
public final class Ledger {
    private Ledger() {}

    /// @param contracts what may be traded
    /// @param strategies how many sub-ledgers, at least 1
    /// @param memory fills remembered to know a repetition and to correct, at least 1
    /// @param horizon over which a move of the mark after a fill counts as adverse selection
    public static Ledger of(Contracts contracts, int strategies, int memory, Duration horizon) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The place of the sub-ledger of fills that belong to no strategy.
    public int house() {
        throw new UnsupportedOperationException("next commit");
    }

    /// The place under which all readings tell of the whole account.
    public int whole() {
        throw new UnsupportedOperationException("next commit");
    }

    /// The currencies of the account, by their places.
    public List<String> currencies() {
        throw new UnsupportedOperationException("next commit");
    }

    /// A fill.
    ///
    /// @param fee in 1e-8 of the settlement currency
    public Booking fill(
            long nowNanos,
            int strategy,
            int contract,
            long tradeId,
            Side side,
            long ticks,
            long lots,
            long fee,
            boolean maker,
            Intent intent) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A fill said before is another one; lots of 0 take it back.
    public Booking correct(long nowNanos, int contract, long tradeId, long ticks, long lots, long fee) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Funding paid for the position in a contract, in 1e-8 of the settlement currency; shared out by position.
    public void funding(int contract, long paid) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A contract expired; its positions are paid out.
    public void settle(long nowNanos, int contract, long underlyingTicks) {
        throw new UnsupportedOperationException("next commit");
    }

    /// What a contract is marked at from now on.
    public void mark(long nowNanos, int contract, long ticks) {
        throw new UnsupportedOperationException("next commit");
    }

    /// What one unit of a currency is worth in USD from now on.
    public void index(int currency, double usd) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Capital paid in (above 0) or out, in 1e-8 of the currency.
    public void deposit(int currency, long amount) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The position of a strategy, [#house] or [#whole].
    public long lots(int strategy, int contract) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The average price of what is open, in the quote currency; NaN without a position.
    public double entry(int strategy, int contract) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A part of the profit and loss, in the settlement currency, to the precision of a double.
    public double amount(Part part, int strategy, int contract) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A part of the profit and loss, exact.
    public BigDecimal exact(Part part, int strategy, int contract) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A part of the profit and loss of all contracts, in USD; NaN while a price that it needs is not known.
    public double usd(Part part, int strategy) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Capital and profit, in USD; NaN while a price that it needs is not known.
    public double equity() {
        throw new UnsupportedOperationException("next commit");
    }

    /// Over everything that decides.
    public long hash() {
        throw new UnsupportedOperationException("next commit");
    }
}
