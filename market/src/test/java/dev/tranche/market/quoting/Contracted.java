package dev.tranche.market.quoting;

import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;

/// Contracts and terms for tests.
final class Contracted {
    private Contracted() {}

    /// A perpetual on a grid of cents, with orders on tenths and lots of thousandths in steps of five.
    static Contract perpetual() {
        return new Contract(
                new Instrument("BTCUSDT", 2, 3),
                "binance",
                new Terms.Linear("BTC", "USDT", true),
                10,
                5,
                10,
                Fees.NONE);
    }

    static QuoteTerms terms(QuotingModel model) {
        return new QuoteTerms(model, 300, 50, 1, 0, 1, 100, 50, 200);
    }

    static QuoteTerms levels(QuotingModel model, int levels, double gap) {
        return new QuoteTerms(model, 300, 50, levels, gap, 1, 100, 50, 200);
    }

    static QuoteMoment moment() {
        return QuoteMoment.empty().fair(60_000, 6).risk(0.9, 0, 0);
    }
}
