/// What engines elsewhere tell about the versions they work with: read, counted in windows, kept over a
/// restart.
@NullMarked
package dev.tranche.server.measured;

import org.jspecify.annotations.NullMarked;
