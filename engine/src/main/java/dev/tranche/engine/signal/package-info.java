/// Signals as they leave the engine: what they say, where they are kept, who hears of them, what is
/// counted.
@NullMarked
package dev.tranche.engine.signal;

import org.jspecify.annotations.NullMarked;
