package dev.tranche.engine.venue;

import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Contracts of the two venues, and waits short enough for a test.
final class Fixtures {
    static final Contract PERPETUAL = new Contract(
            new Instrument("BTC-PERPETUAL", 1, 0),
            "deribit",
            new Terms.Inverse("BTC", "USD", 1, true),
            5,
            10,
            10,
            new Fees(-0.0001, 0.0005, Double.POSITIVE_INFINITY));
    static final Contract OPTION = new Contract(
            new Instrument("BTC-25DEC26-100000-C", 4, 1),
            "deribit",
            new Terms.CoinOption(
                    "BTC",
                    "BTC-PERPETUAL",
                    new InverseOption(OptionType.CALL, 100_000, Instant.parse("2026-12-25T08:00:00Z"))),
            5,
            1,
            1,
            new Fees(0.0003, 0.0003, 0.125));
    static final Contract LINEAR = new Contract(
            new Instrument("BTCUSDT", 2, 3),
            "binance",
            new Terms.Linear("BTC", "USDT", true),
            10,
            1,
            1,
            new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY));
    static final Contract ETHER = new Contract(
            new Instrument("ETHUSDT", 2, 3),
            "binance",
            new Terms.Linear("ETH", "USDT", true),
            1,
            1,
            1,
            new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY));
    static final Contracts ALL = Contracts.of(List.of(LINEAR, PERPETUAL, ETHER, OPTION));

    static final int BTCUSDT = 0;
    static final int BTC_PERPETUAL = 1;
    static final int ETHUSDT = 2;
    static final int CALL = 3;

    private static final Duration SHORT = Duration.ofMillis(20);

    private Fixtures() {}

    static LinkSettings link(Duration silence) {
        return new LinkSettings(
                Duration.ofSeconds(4),
                Duration.ofMillis(50),
                silence,
                Duration.ofHours(1),
                Duration.ofMillis(200),
                SHORT,
                Duration.ofMillis(80));
    }

    static Credentials credentials() {
        return Credentials.of("the-key-of-the-desk", "a-secret-that-nobody-may-read");
    }
}
