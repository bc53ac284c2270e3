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
    /// Units of a settlement currency in which fees and cash are counted.
    public static final double UNITS = 1e8;

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

    /// What a fill costs, in 1e-8 of the settlement currency, to the nearest; below 0 for a rebate. A share of
    /// the notional; of an option, of the coins it is on, and never more than the cap's share of its price.
    ///
    /// @param maker whether it added liquidity
    public long fee(long priceTicks, long quantityLots, boolean maker) {
        double price = instrument.price(priceTicks);
        double quantity = instrument.quantity(quantityLots);
        double rate = maker ? fees.maker() : fees.taker();
        double paid = switch (terms) {
            case Terms.Linear ignored -> rate * quantity * price;
            case Terms.Inverse inverse -> rate * quantity * inverse.unit() / price;
            case Terms.CoinOption ignored -> Math.min(rate * quantity, fees.cap() * price * quantity);
        };
        return Math.round(paid * UNITS);
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
