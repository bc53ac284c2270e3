/// The journal of a desk run again: the same state, the same orders, or the first difference.
@NullMarked
package dev.tranche.engine.trading.replay;

import org.jspecify.annotations.NullMarked;
