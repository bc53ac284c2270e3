/// How a desk does: what it told is counted, what it is is read, and both are shown.
@NullMarked
package dev.tranche.engine.trading.status;

import org.jspecify.annotations.NullMarked;
