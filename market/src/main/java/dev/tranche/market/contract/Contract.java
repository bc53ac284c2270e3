package dev.tranche.market.contract;

import dev.tranche.market.Instrument;

/// What a desk trades: an instrument, its terms, and what its venue accepts in an order.
///
/// @param instrument symbol, and the grid of the wire that ticks and lots count on
/// @param venue where it is traded, in lower case: `deribit`
/// @param tick prices of orders are whole multiples of so many ticks of the wire, at least 1
/// @param step quantities of orders are whole multiples of so many lots of the wire, at least 1
/// @param least lots of the smallest order, a multiple of `step`
public record Contract(Instrument instrument, String venue, Terms terms, long tick, long step, long least, Fees fees) {
    public Contract {
        if (!venue.matches("[a-z][a-z0-9_]{0,31}")) {
            throw new IllegalArgumentException("venue must be 1..32 lower-case letters, digits or '_': " + venue);
        }
        if (tick < 1 || step < 1 || least < step || least % step != 0) {
            throw new IllegalArgumentException("tick and step must be at least 1 and least a multiple of step: " + tick
                    + ", " + step + ", " + least);
        }
    }

    public String symbol() {
        return instrument.symbol();
    }

    /// The highest price for an order that is not above this one.
    public long down(long ticks) {
        return Math.floorDiv(ticks, tick) * tick;
    }

    /// The lowest price for an order that is not below this one.
    public long up(long ticks) {
        return Math.ceilDiv(ticks, tick) * tick;
    }
}
