package dev.tranche.engine.signal;

import dev.tranche.market.divergence.Context;
import dev.tranche.market.divergence.DivergenceEvent;

/// A divergence that was told, with everything needed to judge it later. Nobody may use it before its confirmation.
///
/// @param context symbol, session, liquidity and source it was found in
/// @param event what was found
/// @param price close of the bar that confirmed it
/// @param outlook what the calibration says
/// @param version the calibration's version
/// @param mode what the version's signals are for
/// @param parameters digest of the parameters in force, 12 hex digits
public record Signal(
        Context context,
        DivergenceEvent event,
        double price,
        Outlook outlook,
        String version,
        Mode mode,
        String parameters) {}
