package dev.tranche.batch.market;

import dev.tranche.batch.file.Table;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/// One line of a chain: an option as the venue published it, or why it cannot be priced.
sealed interface ChainRow {
    /// What an option needs to be priced and compared.
    List<String> COLUMNS = List.of(
            "instrument_name",
            "option_type",
            "strike",
            "expiry_datetime",
            "time_to_maturity",
            "mark_price",
            "futures_price",
            "implied_volatility",
            "delta");

    /// The venue's name of the instrument.
    String name();

    /// An option with all it needs.
    ///
    /// @param years to its expiry, as the file counts them
    /// @param forward price of the future of its expiry, in the quote currency
    /// @param volatility per square root of a year
    /// @param mark published price in coin
    /// @param delta published
    record Quoted(
            String name,
            InverseOption option,
            double years,
            double forward,
            double volatility,
            double mark,
            double delta)
            implements ChainRow {
        /// As we compute it.
        InverseOption.Value value() {
            return option.mark(forward, volatility, years);
        }

        /// `ln(K/F)`.
        double moneyness() {
            return Math.log(option.strike() / forward);
        }
    }

    /// A line that is left out.
    record LeftOut(String name, String why) implements ChainRow {}

    /// Reads a line of a table that has [#COLUMNS].
    static ChainRow of(Table table, List<String> row) {
        String name = row.size() > table.column("instrument_name") ? table.value(row, "instrument_name") : "";
        if (row.size() != table.header().size()) {
            return new LeftOut(
                    name,
                    "has " + row.size() + " cells where the header has "
                            + table.header().size());
        }
        for (String column : COLUMNS) {
            if (Table.missing(table.value(row, column))) {
                return new LeftOut(name, column.equals("futures_price") ? "no future" : column + " is empty");
            }
        }
        try {
            double years = Double.parseDouble(table.value(row, "time_to_maturity"));
            double volatility = Double.parseDouble(table.value(row, "implied_volatility"));
            double forward = Double.parseDouble(table.value(row, "futures_price"));
            if (!(years > 0 && years < 100)) {
                return new LeftOut(name, "time_to_maturity must be above 0 and below 100 years: " + years);
            }
            if (!(volatility > 0 && volatility < 100)) {
                return new LeftOut(name, "implied_volatility must be above 0 and below 100: " + volatility);
            }
            if (!(forward > 0 && forward < 1e12)) {
                return new LeftOut(name, "futures_price must be above 0 and below 1e12: " + forward);
            }
            return new Quoted(
                    name,
                    new InverseOption(
                            type(table.value(row, "option_type")),
                            Double.parseDouble(table.value(row, "strike")),
                            OffsetDateTime.parse(table.value(row, "expiry_datetime"))
                                    .toInstant()),
                    years,
                    forward,
                    volatility,
                    Double.parseDouble(table.value(row, "mark_price")),
                    Double.parseDouble(table.value(row, "delta")));
        } catch (DateTimeException | IllegalArgumentException e) {
            return new LeftOut(name, String.valueOf(e.getMessage()));
        }
    }

    private static OptionType type(String text) {
        return switch (text) {
            case "call" -> OptionType.CALL;
            case "put" -> OptionType.PUT;
            default -> throw new IllegalArgumentException("option_type must be call or put: " + text);
        };
    }
}
