/// Venues on paper: live or recorded market data, simulated fills.
@NullMarked
package dev.tranche.engine.trading.paper;

import org.jspecify.annotations.NullMarked;
