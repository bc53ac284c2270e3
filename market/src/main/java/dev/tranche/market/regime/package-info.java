/// Market regimes: a hidden Markov model of returns, and which regime holds now by what was seen so far.
@NullMarked
package dev.tranche.market.regime;

import org.jspecify.annotations.NullMarked;
