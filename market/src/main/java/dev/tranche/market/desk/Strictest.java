package dev.tranche.market.desk;

import dev.tranche.market.risk.BreakerLimits;

/// Of two breakers' limits the stricter, one by one. Pure.
final class Strictest {
    private Strictest() {}

    static BreakerLimits of(BreakerLimits one, BreakerLimits other) {
        return new BreakerLimits(
                Math.min(one.dailyLossWarning(), other.dailyLossWarning()),
                Math.min(one.dailyLossLimit(), other.dailyLossLimit()),
                Math.min(one.drawdownWarning(), other.drawdownWarning()),
                Math.min(one.drawdownLimit(), other.drawdownLimit()),
                Math.min(one.valueAtRisk95Limit(), other.valueAtRisk95Limit()),
                Math.min(one.valueAtRisk99Limit(), other.valueAtRisk99Limit()),
                Math.min(one.concentrationWarning(), other.concentrationWarning()),
                Math.min(one.concentrationLimit(), other.concentrationLimit()),
                one.cooldown().compareTo(other.cooldown()) > 0 ? one.cooldown() : other.cooldown(),
                one.patience().compareTo(other.patience()) < 0 ? one.patience() : other.patience());
    }
}
