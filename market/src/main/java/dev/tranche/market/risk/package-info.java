/// Limits of trading: value at risk, the circuit breaker and what each of its states allows.
@NullMarked
package dev.tranche.market.risk;

import org.jspecify.annotations.NullMarked;
