/// Recorded and live market data: files, sockets, pace.
@NullMarked
package dev.tranche.engine.feed;

import org.jspecify.annotations.NullMarked;
