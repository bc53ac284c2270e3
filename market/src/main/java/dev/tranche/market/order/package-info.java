/// Orders: what a desk asks of a venue, what a venue says, and the life of an order in between.
@NullMarked
package dev.tranche.market.order;

import org.jspecify.annotations.NullMarked;
