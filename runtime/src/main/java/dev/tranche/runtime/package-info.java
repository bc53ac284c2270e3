/// What every process needs from the machine: record log, store, configuration, metrics, clock.
@NullMarked
package dev.tranche.runtime;

import org.jspecify.annotations.NullMarked;
