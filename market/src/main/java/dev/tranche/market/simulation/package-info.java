/// A venue that is not there: what would have become of our orders in a market that was recorded, or is heard.
@NullMarked
package dev.tranche.market.simulation;

import org.jspecify.annotations.NullMarked;
