package dev.tranche.market.quoting;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import java.util.Locale;

/// What should be quoted now, and why. Filled by [Quoter#quote]; its owner keeps one and reads it. One
/// writer.
public final class QuoteTarget {
    final long[] bidTicks = new long[QuoteTerms.MOST_LEVELS];
    final long[] bidLots = new long[QuoteTerms.MOST_LEVELS];
    final long[] askTicks = new long[QuoteTerms.MOST_LEVELS];
    final long[] askLots = new long[QuoteTerms.MOST_LEVELS];
    int levels;
    double fair;
    double reservation;
    double formula;
    double half;
    double shift;
    double inventory;
    double volatility;
    double regime;
    double breaker;
    double share;
    int marks;

    private QuoteTarget() {}

    /// A target that quotes nothing.
    public static QuoteTarget empty() {
        return new QuoteTarget();
    }

    /// Levels on each side; those of 0 lots are not quoted.
    public int levels() {
        return levels;
    }

    /// Price of a level, 0 the best; 0 when it is not quoted.
    public long ticks(Side side, int level) {
        return side == Side.BUY ? bidTicks[level] : askTicks[level];
    }

    /// Quantity of a level; 0 when it is not quoted.
    public long lots(Side side, int level) {
        return side == Side.BUY ? bidLots[level] : askLots[level];
    }

    /// Whether anything is quoted on a side.
    public boolean quotes(Side side) {
        for (int i = 0; i < levels; i++) {
            if (lots(side, i) > 0) {
                return true;
            }
        }
        return false;
    }

    /// The fair price it began with, in the quote currency.
    public double fair() {
        return fair;
    }

    /// The fair price moved for the inventory, in the quote currency.
    public double reservation() {
        return reservation;
    }

    /// Half of the spread by formula or model before multipliers and bounds, in basis points.
    public double formula() {
        return formula;
    }

    /// Half of the spread before rounding, in basis points.
    public double half() {
        return half;
    }

    /// How far the fair price was moved for the inventory, in basis points: below 0 when long.
    public double shift() {
        return shift;
    }

    /// The inventory that it was moved for, in units of the contract.
    public double inventory() {
        return inventory;
    }

    /// The volatility of the contract, in basis points for a root second.
    public double volatility() {
        return volatility;
    }

    /// What the regime multiplied the spread by.
    public double regimeMultiplier() {
        return regime;
    }

    /// What the breaker multiplied the spread by.
    public double breakerMultiplier() {
        return breaker;
    }

    /// What the breaker multiplied sizes by.
    public double sizeMultiplier() {
        return share;
    }

    /// The bits of [QuoteMark] that hold.
    public int marks() {
        return marks;
    }

    public boolean is(QuoteMark mark) {
        return (marks & mark.bit()) != 0;
    }

    /// Why, for people. Allocates.
    public String text(Instrument instrument) {
        StringBuilder text = new StringBuilder(200);
        for (Side side : Side.values()) {
            text.append(side == Side.BUY ? "bid" : ", ask");
            boolean any = false;
            for (int i = 0; i < levels; i++) {
                if (lots(side, i) > 0) {
                    any = true;
                    text.append(' ')
                            .append(instrument.quantity(lots(side, i)))
                            .append(" at ")
                            .append(instrument.price(ticks(side, i)));
                }
            }
            text.append(any ? "" : " none");
        }
        text.append("; fair ").append(round(fair));
        text.append(", shift ")
                .append(round(shift))
                .append(" bp for inventory ")
                .append(round(inventory));
        text.append(" at volatility ").append(round(volatility)).append(" bp, half spread ");
        text.append(round(formula)).append(" bp x regime ").append(round(regime));
        text.append(" x breaker ")
                .append(round(breaker))
                .append(" = ")
                .append(round(half))
                .append(" bp");
        for (QuoteMark mark : QuoteMark.values()) {
            if (is(mark)) {
                text.append(", ").append(mark);
            }
        }
        return text.toString();
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    void clearPrices() {
        for (int i = 0; i < QuoteTerms.MOST_LEVELS; i++) {
            bidTicks[i] = 0;
            bidLots[i] = 0;
            askTicks[i] = 0;
            askLots[i] = 0;
        }
        levels = 0;
    }

    void clear() {
        clearPrices();
        fair = Double.NaN;
        reservation = Double.NaN;
        formula = Double.NaN;
        half = Double.NaN;
        shift = 0;
        marks = 0;
    }
}
