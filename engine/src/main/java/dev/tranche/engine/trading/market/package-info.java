/// Where a desk's market data comes from: files, venues, another process.
@NullMarked
package dev.tranche.engine.trading.market;

import org.jspecify.annotations.NullMarked;
