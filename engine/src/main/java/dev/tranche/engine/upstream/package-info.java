/// The server above the engine: whose route is followed, and who is told measurements. It may be away at
/// any time.
@NullMarked
package dev.tranche.engine.upstream;

import org.jspecify.annotations.NullMarked;
