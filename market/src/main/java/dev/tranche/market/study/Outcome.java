package dev.tranche.market.study;

import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Session;
import java.util.List;
import java.util.Optional;

/// What came after an event with a direction. Whoever acts on it can do so from the open of the bar after
/// the one that confirmed it, and that is the entry price; a position is left at the close of the bar that
/// is `horizon` bars after the confirmation.
///
/// @param symbol whose event it is
/// @param bar that confirmed it
/// @param entryMillis when the next bar opens
/// @param session of the confirmation
/// @param liquidity as known at the confirmation; empty when it could not be judged yet
/// @param gross by horizon of the settings: the return in the direction announced before costs; NaN where
///     the bars end or break before
public record Outcome(
        String symbol,
        DivergenceEvent event,
        int bar,
        long entryMillis,
        Session session,
        Optional<Liquidity> liquidity,
        List<Double> gross) {
    public Outcome {
        gross = List.copyOf(gross);
    }
}
