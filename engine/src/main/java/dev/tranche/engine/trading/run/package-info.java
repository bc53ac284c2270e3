/// Market making as processes: the engine, who watches it, who brings the market.
@NullMarked
package dev.tranche.engine.trading.run;

import org.jspecify.annotations.NullMarked;
