package dev.tranche.market.desk;

import dev.tranche.market.account.Ledger;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a desk begins with: dollars, coins, or both. Coins are worth what the base's contract shows; equity,
/// loss and drawdown are in dollars and move with them. They are no position: no delta counts them, no hedge
/// sells them.
///
/// @param amounts by currency, each 1e-8..9e10, at least one
public record Capital(SortedMap<String, Double> amounts) {
    private static final String DOLLAR = "USD";
    private static final double LEAST = 1e-8;
    private static final double MOST = 9e10;
    private static final double PARTS = 1e8;

    public Capital {
        if (amounts.isEmpty()) {
            throw new IllegalArgumentException("capital needs an amount, such as 100000 or 5 BTC, 40 ETH");
        }
        amounts.forEach((currency, amount) -> {
            if (!currency.matches("[A-Z0-9]{2,12}")) {
                throw new IllegalArgumentException(
                        "a currency of capital is a word of 2..12 capital letters and digits: '" + currency + "'");
            }
            if (!(amount >= LEAST && amount <= MOST)) {
                throw new IllegalArgumentException("capital must be within 1.0E-8..9.0E10 " + currency + ": " + amount);
            }
        });
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    public static Capital dollars(double amount) {
        return of(Map.of(DOLLAR, amount));
    }

    public static Capital of(Map<String, Double> amounts) {
        return new Capital(new TreeMap<>(amounts));
    }

    /// Reads `100000`, which is dollars, or `5 BTC, 40 ETH`.
    ///
    /// @throws IllegalArgumentException when it is neither
    public static Capital parse(String text) {
        SortedMap<String, Double> amounts = new TreeMap<>();
        for (String each : text.split(",", -1)) {
            String[] words = each.strip().split(" +", -1);
            String currency = words.length == 2 ? words[1] : DOLLAR;
            if (words.length > 2 || amounts.put(currency, number(words[0], text)) != null) {
                throw wrong(text);
            }
        }
        return new Capital(amounts);
    }

    private static double number(String word, String text) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            IllegalArgumentException refused = wrong(text);
            refused.initCause(e);
            throw refused;
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "capital must be dollars such as 100000, or amounts such as 5 BTC, 40 ETH: '" + text + "'");
    }

    /// Pays it into an account.
    ///
    /// @throws IllegalArgumentException when the account does not know a currency of it
    public void deposit(Ledger account) {
        amounts.forEach((currency, amount) -> {
            int place = account.currencies().indexOf(currency);
            if (place < 0) {
                throw new IllegalArgumentException(
                        "capital must be in one of " + account.currencies() + ": " + currency);
            }
            account.deposit(place, Math.round(amount * PARTS));
        });
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return amounts.entrySet().stream()
                .map(each ->
                        BigDecimal.valueOf(each.getValue()).stripTrailingZeros().toPlainString() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
