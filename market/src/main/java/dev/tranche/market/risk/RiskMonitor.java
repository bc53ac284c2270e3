package dev.tranche.market.risk;

import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;

/// Looks at the account from time to time, reads its risk and moves the breaker. One writer; time is handed in.
@SuppressWarnings("DoNotCallSuggester") // until the bodies follow
public final class RiskMonitor {
    private RiskMonitor() {}

    public static RiskMonitor of(
            Contracts contracts, Ledger ledger, PreTrade gate, RiskTerms terms, BreakerLimits limits, long nowNanos) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Takes the samples that are due, reads, moves the breaker and tells [PreTrade] of it.
    ///
    /// @return whether the breaker's state changed
    public boolean step(long nowNanos) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The last reading.
    public RiskReading reading() {
        throw new UnsupportedOperationException("next commit");
    }

    public CircuitBreaker breaker() {
        throw new UnsupportedOperationException("next commit");
    }

    public void kill(long nowNanos, String who, String reason) {
        throw new UnsupportedOperationException("next commit");
    }

    public void release(long nowNanos, String who, String reason) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Equity as last read, in USD.
    public double equity() {
        throw new UnsupportedOperationException("next commit");
    }

    /// Profit of the last 24 hours (or since the start), in USD.
    public double pnl24h() {
        throw new UnsupportedOperationException("next commit");
    }

    /// Over everything that decides.
    public long hash() {
        throw new UnsupportedOperationException("next commit");
    }
}
