/// What a desk is configured with, from `trading.yaml` and back from a journal.
@NullMarked
package dev.tranche.engine.trading.terms;

import org.jspecify.annotations.NullMarked;
