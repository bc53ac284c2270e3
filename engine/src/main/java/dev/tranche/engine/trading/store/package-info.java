/// What a desk did, in PostgreSQL: the tables of seed 002, written from the journal behind the desk's back.
@NullMarked
package dev.tranche.engine.trading.store;

import org.jspecify.annotations.NullMarked;
