package dev.tranche.market.account;

import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Instant;
import java.util.List;

/// Contracts of all three terms, as venues list them.
public final class Listed {
    public static final int BTCUSDT = 0;
    public static final int INVERSE = 1;
    public static final int OPTION = 2;
    public static final int PUT = 3;
    /// Prices and quantities with eight decimals each: sums beyond 64 bits.
    public static final int FINE = 4;

    public static final Instant EXPIRY = Instant.parse("2026-12-25T08:00:00Z");

    public static final Contracts ALL = Contracts.of(List.of(
            contract("BTCUSDT", "binance", 2, 3, new Terms.Linear("BTC", "USDT", true)),
            contract("BTC-PERPETUAL", "deribit", 1, 0, new Terms.Inverse("BTC", "USD", 1, true)),
            contract("BTC-25DEC26-60000-C", "deribit", 4, 1, option(OptionType.CALL, 60_000)),
            contract("BTC-25DEC26-50000-P", "deribit", 4, 1, option(OptionType.PUT, 50_000)),
            contract("ETHBTC", "binance", 8, 8, new Terms.Linear("ETH", "BTC", false))));

    private Listed() {}

    private static Terms option(OptionType type, double strike) {
        return new Terms.CoinOption("BTC", "BTC-PERPETUAL", new InverseOption(type, strike, EXPIRY));
    }

    private static Contract contract(String symbol, String venue, int price, int quantity, Terms terms) {
        return new Contract(new Instrument(symbol, price, quantity), venue, terms, 1, 1, 1, Fees.NONE);
    }
}
