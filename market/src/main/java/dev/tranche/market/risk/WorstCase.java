package dev.tranche.market.risk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contract;

/// What positions, greeks and open notional would be with everything open filled on the side of an order, and
/// what an order is proven to make smaller. The questions of [PreTrade] that look at what is held.
final class WorstCase {
    private final Ledger ledger;
    private final OpenOrders open;
    private final Exposure exposure;
    private final int whole;

    WorstCase(Ledger ledger, OpenOrders open, Exposure exposure) {
        this.ledger = ledger;
        this.open = open;
        this.exposure = exposure;
        this.whole = ledger.whole();
    }

    /// @param more lots beyond what is counted as open already
    /// @param shrunk what limits of positions are multiplied by
    Refusal held(
            OrderLimits own,
            OrderLimits all,
            int strategy,
            int contract,
            Contract of,
            Side side,
            long ticks,
            long more,
            double shrunk) {
        double each = exposure.notional(contract, Math.max(ticks, exposure.reference(contract)));
        if (passes(strategy, contract, of, side, more, own.position() * shrunk)
                || passes(whole, contract, of, side, more, all.position() * shrunk)) {
            return Refusal.POSITION;
        }
        Refusal found = open(own.openNotional(), strategy, more * each);
        if (found == Refusal.NONE) {
            found = open(all.openNotional(), whole, more * each);
        }
        if (found == Refusal.NONE) {
            found = greek(own, strategy, contract, side, more);
        }
        return found == Refusal.NONE ? greek(all, whole, contract, side, more) : found;
    }

    private boolean passes(int owner, int contract, Contract of, Side side, long more, double limit) {
        if (more == 0) {
            return false;
        }
        long position = ledger.lots(owner, contract);
        long worst = side == Side.BUY
                ? position + open.buying(owner, contract) + more
                : -(position - open.selling(owner, contract) - more);
        return of.instrument().quantity(worst) > limit;
    }

    private Refusal open(double limit, int owner, double more) {
        if (limit == Double.POSITIVE_INFINITY || more == 0) {
            return Refusal.NONE;
        }
        double sum = exposure.openNotional(owner) + more;
        return Double.isNaN(sum) ? Refusal.NOT_A_NUMBER : sum > limit ? Refusal.OPEN_NOTIONAL : Refusal.NONE;
    }

    private Refusal greek(OrderLimits of, int owner, int contract, Side side, long more) {
        Refusal found = greek(of.delta(), exposure.delta, owner, contract, side, more, Refusal.DELTA);
        if (found == Refusal.NONE) {
            found = greek(of.gamma(), exposure.gamma, owner, contract, side, more, Refusal.GAMMA);
        }
        return found == Refusal.NONE
                ? greek(of.vega(), exposure.vega, owner, contract, side, more, Refusal.VEGA)
                : found;
    }

    private Refusal greek(
            double limit, double[] greeks, int owner, int contract, Side side, long more, Refusal otherwise) {
        if (limit == Double.POSITIVE_INFINITY) {
            return Refusal.NONE;
        }
        double moved = side.sign() * more * greeks[contract];
        if (Double.isNaN(moved)) {
            return Refusal.NOT_A_NUMBER;
        }
        if (moved == 0) {
            return Refusal.NONE;
        }
        double worst =
                exposure.held(owner, contract, greeks) + exposure.open(owner, contract, greeks, moved > 0) + moved;
        return Double.isNaN(worst)
                ? Refusal.NOT_A_NUMBER
                : (moved > 0 ? worst : -worst) > limit ? otherwise : Refusal.NONE;
    }

    /// Whether what must make something smaller is proven to, with everything open on its side.
    boolean reducing(int strategy, int contract, Side side, long more, Activity activity, BreakerState breaker) {
        return switch (activity) {
            case LIQUIDATION -> closes(strategy, contract, side, more) && closes(whole, contract, side, more);
            case HEDGING -> breaker.compareTo(BreakerState.RESTRICTED) < 0 || calms(contract, side, more);
            case MARKET_MAKING, NEW_POSITION, CANCEL -> true;
        };
    }

    private boolean closes(int owner, int contract, Side side, long more) {
        long position = ledger.lots(owner, contract);
        return side == Side.BUY
                ? position < 0 && open.buying(owner, contract) + more <= -position
                : position > 0 && open.selling(owner, contract) + more <= position;
    }

    private boolean calms(int contract, Side side, long more) {
        double held = exposure.held(whole, contract, exposure.delta);
        double moved = side.sign() * more * exposure.delta[contract];
        double all = exposure.open(whole, contract, exposure.delta, moved > 0) + moved;
        return held * moved <= 0 && Math.abs(all) <= Math.abs(held);
    }
}
