/// Tests of the estimates from files.
@NullMarked
package dev.tranche.batch.market.series;

import org.jspecify.annotations.NullMarked;
