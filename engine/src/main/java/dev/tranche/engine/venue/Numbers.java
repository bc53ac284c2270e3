package dev.tranche.engine.venue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/// Numbers of order messages, exact.
final class Numbers {
    private static final int FEE_DECIMALS = 8;

    private Numbers() {}

    /// How many steps of `10^-decimals` a number is, written as a number or as text.
    ///
    /// @throws ArithmeticException when it is not a whole number of them
    /// @throws NumberFormatException when it is no number
    static long steps(JsonNode number, int decimals) {
        return decimal(number).movePointRight(decimals).longValueExact();
    }

    /// In 1e-8 of a currency, rounded to the nearest.
    static long fee(JsonNode number) {
        return decimal(number)
                .movePointRight(FEE_DECIMALS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    static BigDecimal decimal(JsonNode number) {
        return new BigDecimal(number.asString());
    }

    /// The digits at the end of a text: trade ids of Deribit may carry their currency before them.
    static long id(String text) {
        int from = text.length();
        while (from > 0 && text.charAt(from - 1) >= '0' && text.charAt(from - 1) <= '9') {
            from--;
        }
        return Long.parseLong(text.substring(from));
    }

    /// Our order's id out of what the venue knows it by, `prefix` and digits; 0 when it is not ours.
    static long order(String prefix, String text) {
        if (!text.startsWith(prefix) || text.length() == prefix.length() || text.length() > prefix.length() + 19) {
            return 0;
        }
        long id = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || id > (Long.MAX_VALUE - digit) / 10) {
                return 0;
            }
            id = 10 * id + digit;
        }
        return id;
    }
}
