/// Venues that are traded on: their protocols behind one gateway.
@NullMarked
package dev.tranche.engine.venue;

import org.jspecify.annotations.NullMarked;
