/// The one thread that a desk lives on, and how everything else reaches it.
@NullMarked
package dev.tranche.engine.trading.loop;

import org.jspecify.annotations.NullMarked;
