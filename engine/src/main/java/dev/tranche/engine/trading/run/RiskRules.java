package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.runtime.config.Config;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a risk monitor holds against the status of a desk, apart from the desk's own limits. A number that is
/// not there violates nothing: the desk's breaker counts it as critical itself. One thread at a time.
final class RiskRules {
    private final Map<String, Long> differingSince = new HashMap<>();

    RiskRules() {}

    /// Why the desk must be killed; empty when it need not.
    ///
    /// @param status as `docs/reference/desk-status.md` says it
    Optional<String> violated(JsonNode status, Config limits, long nowNanos) {
        double drawdown = status.path("pnl").path("drawdown").asDouble(0);
        if (drawdown >= limits.value(TradingKeys.WATCH_DRAWDOWN)) {
            return Optional.of("drawdown " + drawdown + " of " + limits.value(TradingKeys.WATCH_DRAWDOWN));
        }
        double loss = status.path("breaker").path("inputs").path("daily_loss").asDouble(0);
        if (loss >= limits.value(TradingKeys.WATCH_LOSS)) {
            return Optional.of("daily loss " + loss + " of " + limits.value(TradingKeys.WATCH_LOSS));
        }
        for (JsonNode position : status.path("positions")) {
            String name = position.path("venue").asString("") + ":"
                    + position.path("symbol").asString("");
            double notional = Math.abs(position.path("notional").asDouble(0));
            if (notional >= limits.value(TradingKeys.WATCH_NOTIONAL)) {
                return Optional.of("position in " + name + " is worth " + notional + " of "
                        + limits.value(TradingKeys.WATCH_NOTIONAL) + " dollars");
            }
            if (differs(name, position, limits.value(TradingKeys.WATCH_DIFFERENCE), nowNanos)) {
                return Optional.of("position in " + name + " is "
                        + position.path("quantity").asDouble() + " here and "
                        + position.path("venue_quantity").asDouble() + " at the venue");
            }
        }
        return Optional.empty();
    }

    /// Whether ours and the venue's have differed for too long. Fills on their way make them differ for moments;
    /// what the venue has not said yet differs from nothing.
    private boolean differs(String name, JsonNode position, Duration patience, long nowNanos) {
        JsonNode said = position.path("venue_quantity");
        boolean same =
                !said.isNumber() || Double.compare(position.path("quantity").asDouble(), said.asDouble()) == 0;
        if (same) {
            differingSince.remove(name);
            return false;
        }
        long since = differingSince.computeIfAbsent(name, _ -> nowNanos);
        return nowNanos - since > patience.toNanos();
    }
}
