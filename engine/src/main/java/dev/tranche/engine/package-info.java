/// Where time passes for trading: market data, signals, doors.
@NullMarked
package dev.tranche.engine;

import org.jspecify.annotations.NullMarked;
