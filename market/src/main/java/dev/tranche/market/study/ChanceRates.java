package dev.tranche.market.study;

/// How often a position entered at any bar of a symbol at all would have been right: what an announcement
/// must beat. Not one half where the price drifts, or stands still.
///
/// @param rises share of the bars after which the price rose over the horizon
/// @param falls share of the bars after which it fell
record ChanceRates(double rises, double falls) {
    /// Over all bars whose outcome is known; NaN when there are none.
    static ChanceRates of(StudyBars bars, int horizon) {
        int rises = 0;
        int falls = 0;
        int known = 0;
        for (int bar = 0; bar < bars.size(); bar++) {
            double forward = bars.forward(bar, horizon);
            if (!Double.isNaN(forward)) {
                known++;
                rises += forward > 0 ? 1 : 0;
                falls += forward < 0 ? 1 : 0;
            }
        }
        return new ChanceRates((double) rises / known, (double) falls / known);
    }

    /// Of a position in a direction, +1 or -1.
    double of(int sign) {
        return sign > 0 ? rises : falls;
    }
}
