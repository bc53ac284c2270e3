package dev.tranche.batch.market.backtest;

import dev.tranche.inference.format.JsonKeys;
import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Instant;
import java.util.List;

/// Reads a contract, by the keys of a desk's journal.
final class ContractKeys {
    private ContractKeys() {}

    static Contract read(JsonKeys keys) {
        return new Contract(
                new Instrument(keys.text("symbol"), (int) keys.number("price_decimals"), (int)
                        keys.number("quantity_decimals")),
                keys.text("venue"),
                terms(keys),
                (long) keys.number("tick", 1),
                (long) keys.number("step", 1),
                (long) keys.number("least", 1),
                new Fees(
                        keys.number("maker", 0),
                        keys.number("taker", 0),
                        keys.number("cap", Double.POSITIVE_INFINITY)));
    }

    private static Terms terms(JsonKeys keys) {
        String base = keys.text("base");
        return switch (keys.word("terms", List.of("linear", "inverse", "option"))) {
            case "linear" -> new Terms.Linear(base, keys.text("quote"), keys.flag("perpetual", false));
            case "inverse" ->
                new Terms.Inverse(base, keys.text("quote"), keys.number("unit"), keys.flag("perpetual", false));
            default ->
                new Terms.CoinOption(
                        base,
                        keys.text("underlying"),
                        new InverseOption(
                                keys.word("right", List.of("call", "put")).equals("call")
                                        ? OptionType.CALL
                                        : OptionType.PUT,
                                keys.number("strike"),
                                Instant.parse(keys.text("expiry"))));
        };
    }
}
