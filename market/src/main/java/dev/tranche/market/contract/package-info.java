/// What is traded: the terms of a contract, its grid for orders, its fees.
@NullMarked
package dev.tranche.market.contract;

import org.jspecify.annotations.NullMarked;
