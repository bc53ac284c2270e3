package dev.tranche.market.contract;

import dev.tranche.market.pricing.InverseOption;

/// What a position in a contract is worth. A quantity is what [dev.tranche.market.Instrument#quantity] gives.
public sealed interface Terms {
    /// What moves its value: `BTC`.
    String base();

    /// The currency that fees, profits and losses are paid in: `USDT`, `BTC`.
    String settlement();

    /// The currency that prices are in: `USDT`, `USD`, or the coin for an option that is quoted in coin.
    String quote();

    /// A pair or a future that is settled in its quote currency: a quantity of base gains `quantity (exit -
    /// entry)` of quote.
    ///
    /// @param perpetual whether funding is exchanged
    record Linear(String base, String quote, boolean perpetual) implements Terms {
        @Override
        public String settlement() {
            return quote;
        }
    }

    /// A future or perpetual on so many dollars, settled in coin: a quantity of contracts gains `quantity
    /// unit (1 / entry - 1 / exit)` coins. Deribit counts its quantity in dollars: its unit is 1.
    ///
    /// @param unit of the quote currency that one contract is on, positive
    /// @param perpetual whether funding is exchanged
    record Inverse(String base, String quote, double unit, boolean perpetual) implements Terms {
        public Inverse {
            if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("unit must be positive and finite: " + unit);
            }
        }

        @Override
        public String settlement() {
            return base;
        }
    }

    /// An option quoted and settled in coin: a quantity of coins gains `quantity (exit - entry)` coins.
    ///
    /// @param underlying symbol of the contract whose price is the forward
    record CoinOption(String base, String underlying, InverseOption option) implements Terms {
        @Override
        public String settlement() {
            return base;
        }

        @Override
        public String quote() {
            return base;
        }
    }
}
