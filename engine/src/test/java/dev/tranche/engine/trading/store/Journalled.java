package dev.tranche.engine.trading.store;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.desk.Wire;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.journal.Snapshot;
import dev.tranche.engine.trading.journal.ToldCodec;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.order.OrderReports;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a journal as a desk's loop does, and keeps the account that it tells of.
final class Journalled {
    static final Contracts CONTRACTS = Contracts.of(
            List.of(contract("binance", new Instrument("BTCUSDT", 2, 3), new Terms.Linear("BTC", "USDT", true))));

    private final TradingJournal journal;
    private final Ledger ledger = Ledger.of(CONTRACTS, 2);
    private final DeskSink told;
    private final OrderReports reports;
    private long now;

    Journalled(TradingJournal journal, Instant start) {
        this.journal = journal;
        this.told = ToldCodec.encoder((at, payload) -> journal.append(Entry.TOLD, at, payload));
        this.reports = ReportCodec.encoder(
                (at, payload, length) -> journal.append(Entry.REPORT, at, ByteBuffer.wrap(payload, 0, length)));
        at(start);
        ledger.index(ledger.currencies().indexOf("USDT"), 1);
        ledger.deposit(ledger.currencies().indexOf("USDT"), 100_000_00000000L);
        journal.append(
                Entry.START,
                now,
                new Setup(
                                CONTRACTS,
                                DeskTerms.usual("btc_mm", 100_000),
                                List.of(Wire.parse("binance")),
                                FeedLimits.USUAL,
                                1)
                        .text());
        told.strategy(now, 0, "btc_mm_glft_v1.0");
    }

    private static Contract contract(String venue, Instrument instrument, Terms terms) {
        return new Contract(instrument, venue, terms, 1, 1, 1, Fees.NONE);
    }

    Journalled at(Instant when) {
        now = when.getEpochSecond() * 1_000_000_000L + when.getNano();
        return this;
    }

    DeskSink told() {
        return told;
    }

    long now() {
        return now;
    }

    Ledger ledger() {
        return ledger;
    }

    /// A fill; told only when it counts, as a desk does.
    void fill(long trade, Side side, long ticks, long lots, long fee, Intent intent) {
        ledger.fill(now, 0, 0, trade, side, ticks, lots, fee, intent);
        told.filled(now, 0, 0, 256, trade, side, ticks, lots, fee, true, intent);
    }

    void correct(long trade, long ticks, long lots, long fee) {
        ledger.correct(now, 0, trade, ticks, lots, fee);
        reports.corrected(now, 0, trade, ticks, lots, fee);
    }

    void funding(long paid) {
        ledger.funding(0, now, paid);
        reports.funding(now, 0, now, paid);
    }

    /// A snapshot at this mark.
    double snapshot(long mark) {
        ledger.mark(now, 0, mark);
        Map<Part, Double> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part, ledger.usd(part, ledger.whole()));
        }
        double coins = CONTRACTS.get(0).instrument().quantity(ledger.lots(ledger.whole(), 0));
        Snapshot snapshot = new Snapshot(
                ledger.equity(),
                ledger.capital(),
                parts,
                0.01,
                Double.NaN,
                "NORMAL",
                Map.of("BTC", new Snapshot.Greeks(coins, 0, 0, -1.5, mark / 100.0)),
                List.of(new Snapshot.Position(0, "binance", "BTCUSDT", coins, ledger.entry(0, 0), 1)),
                Map.of("var_95", 0.02));
        journal.append(Entry.SNAPSHOT, now, snapshot.text());
        return ledger.usd(Part.TOTAL, ledger.whole());
    }
}
