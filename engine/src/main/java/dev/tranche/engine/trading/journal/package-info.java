/// The journal of a desk: every input before the desk acts on it, every order before its bytes leave.
@NullMarked
package dev.tranche.engine.trading.journal;

import org.jspecify.annotations.NullMarked;
