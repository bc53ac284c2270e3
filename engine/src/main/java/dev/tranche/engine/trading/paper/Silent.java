package dev.tranche.engine.trading.paper;

import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.market.order.OrderReports;

/// Hears reports and does nothing: what venues on paper said before a restart is in the journal already.
final class Silent {
    static final OrderReports REPORTS = ReportCodec.encoder((_, _, _) -> {});

    private Silent() {}
}
