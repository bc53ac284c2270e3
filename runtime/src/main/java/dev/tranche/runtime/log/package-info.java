/// The append-only record log that the decision journal is written to.
@NullMarked
package dev.tranche.runtime.log;

import org.jspecify.annotations.NullMarked;
