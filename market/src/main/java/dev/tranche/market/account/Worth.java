package dev.tranche.market.account;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What one lot of a contract counts for at a price, as a whole number of `10^-digits` of the settlement
/// currency, such that a lot bought at one price and sold at another gains the difference of the two. All of
/// the account is sums of such numbers times lots, so that its identities are exact.
///
/// A pair and a coin-quoted option need no rounding: it counts for its price. An inverse future counts for
/// `-unit / price` coins, rounded to the nearest, half up; `digits` is chosen so that the numerator has 18 of
/// them: about 12 significant ones at prices of a million ticks. What an option pays out is rounded down.
final class Worth {
    private static final int OPTION_DIGITS = 16;
    private static final int NUMERATOR_DIGITS = 18;
    private static final long MOST = 1L << 61;

    private final Contract contract;
    private final int digits;
    private final long factor;
    private final long numerator;
    private final int underlyingDecimals;

    private Worth(Contract contract, int digits, long factor, long numerator, int underlyingDecimals) {
        this.contract = contract;
        this.digits = digits;
        this.factor = factor;
        this.numerator = numerator;
        this.underlyingDecimals = underlyingDecimals;
    }

    /// @throws IllegalArgumentException when an option's underlying is not among the contracts
    static Worth of(Contracts contracts, Contract contract) {
        int grid = contract.instrument().priceDecimals() + contract.instrument().quantityDecimals();
        return switch (contract.terms()) {
            case Terms.Linear linear ->
                new Worth(contract, grid, 1, 0, contract.instrument().priceDecimals());
            case Terms.Inverse inverse -> inverse(contract, inverse);
            case Terms.CoinOption option -> {
                int underlying = contracts
                        .find(contract.venue(), option.underlying())
                        .orElseThrow(() -> new IllegalArgumentException("the underlying of " + contract.symbol()
                                + " must be among the contracts: " + option.underlying()));
                int digits = Math.max(OPTION_DIGITS, grid);
                yield new Worth(
                        contract,
                        digits,
                        BigDecimal.TEN.pow(digits - grid).longValueExact(),
                        0,
                        contracts.get(underlying).instrument().priceDecimals());
            }
        };
    }

    private static Worth inverse(Contract contract, Terms.Inverse terms) {
        BigDecimal unit = new BigDecimal(Double.toString(terms.unit())).stripTrailingZeros();
        int digits = NUMERATOR_DIGITS
                - (unit.precision() - unit.scale())
                - contract.instrument().priceDecimals()
                + contract.instrument().quantityDecimals();
        BigDecimal numerator = unit.scaleByPowerOfTen(digits
                + contract.instrument().priceDecimals()
                - contract.instrument().quantityDecimals());
        return new Worth(
                contract,
                digits,
                0,
                numerator.longValueExact(),
                contract.instrument().priceDecimals());
    }

    /// Of one unit of the settlement currency.
    int digits() {
        return digits;
    }

    /// @param ticks at least 0; of an inverse contract at least 1
    /// @throws IllegalArgumentException when they are not, or too many to count with
    long of(long ticks) {
        if (ticks < (numerator == 0 ? 0 : 1) || (numerator == 0 && ticks > MOST / factor)) {
            throw new IllegalArgumentException("a price of " + contract.symbol() + " must be within "
                    + (numerator == 0 ? "0.." + MOST / factor : "1..") + " ticks: " + ticks);
        }
        return numerator == 0 ? ticks * factor : -((numerator + (ticks >> 1)) / ticks);
    }

    /// The price in ticks at which a lot counts for so much.
    double ticks(double worth) {
        return numerator == 0 ? worth / factor : -numerator / worth;
    }

    /// What a lot counts for once the underlying was delivered at so many ticks of its grid.
    long settled(long underlyingTicks) {
        if (!(contract.terms() instanceof Terms.CoinOption(String base, String underlying, var option))) {
            return of(underlyingTicks);
        }
        if (underlyingTicks < 1) {
            throw new IllegalArgumentException(
                    base + " must be delivered at 1 tick or more of " + underlying + ": " + underlyingTicks);
        }
        BigDecimal delivered = BigDecimal.valueOf(underlyingTicks, underlyingDecimals);
        BigDecimal inside = delivered
                .subtract(BigDecimal.valueOf(option.strike()))
                .multiply(BigDecimal.valueOf(option.type().sign()));
        return inside.signum() <= 0
                ? 0
                : inside.scaleByPowerOfTen(digits - contract.instrument().quantityDecimals())
                        .divide(delivered, 0, RoundingMode.DOWN)
                        .longValueExact();
    }
}
