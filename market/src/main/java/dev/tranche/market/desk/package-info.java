/// The desk: a state machine that turns market data and what venues say into quotes, hedges and cancels.
@NullMarked
package dev.tranche.market.desk;

import org.jspecify.annotations.NullMarked;
