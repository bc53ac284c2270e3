/// How wide to quote: features of the book and its trades, a model over them, and what stands in for it.
@NullMarked
package dev.tranche.market.spread;

import org.jspecify.annotations.NullMarked;
