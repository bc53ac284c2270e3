package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.desk.DeskMachine;
import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.desk.Told;
import dev.tranche.engine.trading.desk.Versions;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.loop.Outlet;
import dev.tranche.engine.trading.paper.PaperVenues;
import dev.tranche.engine.trading.replay.Comparison;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.engine.trading.status.DeskWatch;
import dev.tranche.engine.trading.terms.TradingSettings;
import dev.tranche.market.order.Orders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A desk brought back from its journal, or a new one where there is none: the journal is run again from where
/// the newest desk began, and what it wanted upon its last input and had not written is written as never sent.
///
/// @param paper the venues on paper, brought back with it
/// @param heard time of the last input, epoch nanoseconds
/// @param market time of the last message of market data
/// @param inputs that the desk has heard
/// @param strategies digests in force by place
/// @param models digests in force by product
/// @param lastOperator who gave the last order of a person; blank when nobody did
record Recovered(
        DeskMachine machine,
        Outlet outlet,
        Told told,
        Versions versions,
        DeskWatch watch,
        PaperVenues paper,
        long heard,
        long market,
        long inputs,
        Map<Integer, String> strategies,
        Map<String, String> models,
        String lastOperator) {
    private static final Logger LOG = LoggerFactory.getLogger(Recovered.class);

    /// Brings a desk back.
    ///
    /// @param anew begin a new desk though the journal holds one: for other contracts or terms, or after a
    ///     change of the software that decides otherwise
    /// @param nowNanos by the machine's clock, which names a desk that begins
    /// @throws IllegalArgumentException when the journal is of another desk, or does not give the same again
    static Recovered from(TradingJournal journal, TradingSettings settings, boolean anew, long nowNanos) {
        Setup wanted = settings.setup();
        if (journal.start() == journal.end()) {
            journal.append(Entry.START, nowNanos, wanted.text());
            return read(journal, settings, wanted);
        }
        if (!anew) {
            return read(journal, settings, wanted);
        }
        long first = LastOrder.in(journal) + 1;
        Setup fresh = wanted.beginningAt(first);
        journal.append(Entry.START, nowNanos, fresh.text());
        LOG.warn("desk.anew first_order={}", first);
        return read(journal, settings, fresh);
    }

    private static Recovered read(TradingJournal journal, TradingSettings settings, Setup wanted) {
        long began = System.nanoTime();
        Versions versions = Versions.none();
        DeskWatch watch = DeskWatch.of(wanted.contracts(), wanted.terms().strategies());
        Replay replay =
                Replay.of(versions, watch, setup -> PaperVenues.of(setup, settings.paper(), settings.onPaper()));
        Replay.Result result = replay.last(journal, Long.MAX_VALUE);
        Setup found = replay.setup().orElseThrow(() -> new IllegalArgumentException("the journal has no beginning"));
        if (!found.beginningAt(1).text().equals(wanted.beginningAt(1).text())) {
            throw new IllegalArgumentException("the journal is of a desk with other contracts, venues or terms; take"
                    + " back its orders and begin anew with --anew, or give another data folder");
        }
        if (result.difference().isPresent()) {
            throw new IllegalArgumentException("the journal does not give the same again: "
                    + result.difference().get()
                    + "; a software that decides otherwise begins anew with --anew");
        }
        for (Comparison.Said said : replay.left()) {
            ByteBuffer payload = ByteBuffer.wrap(said.payload()).order(ByteOrder.LITTLE_ENDIAN);
            journal.append(said.order() ? Entry.UNSENT : Entry.TOLD, result.heard(), payload);
        }
        if (result.inputs() > 0) {
            LOG.info(
                    "desk.recovered inputs={} orders={} hash={} unsent={} took_ms={}",
                    result.inputs(),
                    result.orders(),
                    Long.toHexString(result.hash()),
                    replay.left().size(),
                    (System.nanoTime() - began) / 1_000_000);
        }
        replay.left().clear();
        replay.digests().forEach(journal::has);
        if (!(replay.beside() instanceof PaperVenues paper)) {
            throw new IllegalStateException("a replay keeps who lives beside its desk");
        }
        return new Recovered(
                replay.machine().orElseThrow(),
                replay.outlet().orElseThrow(),
                replay.told().orElseThrow(),
                versions,
                watch,
                paper,
                result.heard(),
                replay.lastMarket(),
                result.inputs(),
                replay.strategies(),
                replay.models(),
                replay.lastOperator());
    }

    /// The highest number of an order in a journal.
    private static final class LastOrder {
        private LastOrder() {}

        static long in(TradingJournal journal) {
            long[] last = {0};
            journal.orders((id, _) -> last[0] = Math.max(last[0], Orders.sequence(id)));
            return last[0];
        }
    }
}
