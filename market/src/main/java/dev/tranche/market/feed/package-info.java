/// What a venue says: trades, books, and the faults of the wire.
@NullMarked
package dev.tranche.market.feed;

import org.jspecify.annotations.NullMarked;
