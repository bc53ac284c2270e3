package dev.tranche.market.divergence;

import java.util.Locale;

/// A divergence, as it became known. Its second pivot lies in the past when it is told: whoever acts, or
/// counts what came after, starts from [#confirmedMillis] and never from [#pivotMillis].
///
/// @param source the line compared; [Source#FUSION] for a conflict
/// @param first the earlier pivot
/// @param second the later pivot
/// @param confirmedBar the bar that confirmed the second pivot; at least `swing_L` bars after it
/// @param confirmedMillis when that bar closed, epoch milliseconds
/// @param flows what flowed between the pivots
public record DivergenceEvent(
        Source source,
        Kind kind,
        Pivot first,
        Pivot second,
        long confirmedBar,
        long confirmedMillis,
        Flows flows,
        Score score) {

    /// When the second pivot was made, which nobody knew then; epoch milliseconds.
    public long pivotMillis() {
        return second.millis();
    }

    /// Bars between the two pivots.
    public long separation() {
        return second.bar() - first.bar();
    }

    /// The greater distance, in bars, between a pivot of the price and the line's beside it.
    public int lag() {
        return Math.max(Math.abs(first.lag()), Math.abs(second.lag()));
    }

    /// One sentence: the prices, the flow, and the parts of the score.
    public String why() {
        String flow = kind == Kind.CONFLICT
                ? String.format(Locale.ROOT, "OFI %+.2f against CVD %+.2f", flows.ofi(), flows.cvd())
                : String.format(Locale.ROOT, "%s flowed %+.2f", source, flows.of(source));
        return String.format(
                Locale.ROOT,
                "%s: price %s then %s over %d bars while %s; %s",
                kind,
                first.price(),
                second.price(),
                separation(),
                flow,
                score);
    }
}
