/// Trains the example spread model with the genuine XGBoost.
@NullMarked
package dev.tranche.examples.market;

import org.jspecify.annotations.NullMarked;
