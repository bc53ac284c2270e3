/// The account of a desk: positions, cash, profit and loss, and what it comes from, exact in integers.
@NullMarked
package dev.tranche.market.account;

import org.jspecify.annotations.NullMarked;
