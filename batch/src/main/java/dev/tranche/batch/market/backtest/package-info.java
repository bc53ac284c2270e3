/// Back-tests of a desk on recordings, and studies that compare them.
@NullMarked
package dev.tranche.batch.market.backtest;

import org.jspecify.annotations.NullMarked;
