package dev.tranche.engine.signal;

import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Session;
import java.util.Optional;

/// A divergence that was found, with everything needed to judge it later. Nobody may use it before its
/// confirmation.
///
/// @param symbol what it was found in
/// @param session the part of the day in which it was confirmed
/// @param liquidity empty while there were too few bars to judge it
/// @param event what was found
/// @param price close of the bar that confirmed it
/// @param outlook what the calibration says
/// @param version the calibration's version
/// @param mode what the version's signals are for
/// @param parameters digest of the parameters in force, 12 hex digits
public record Signal(
        String symbol,
        Session session,
        Optional<Liquidity> liquidity,
        DivergenceEvent event,
        double price,
        Outlook outlook,
        String version,
        Mode mode,
        String parameters) {}
