package dev.tranche.batch.market.backtest;

import dev.tranche.batch.divergence.read.BarFile;
import dev.tranche.batch.divergence.read.EventFile;
import dev.tranche.batch.divergence.read.FileFacts;
import dev.tranche.batch.divergence.read.Named;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.file.Table;
import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.simulation.Simulation;
import dev.tranche.market.simulation.Tape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The recordings of a back-test, decoded into memory, each file read once.
final class Recordings {
    private static final double BASIS_POINT = 1e-4;

    /// What a snapshot needs; other tables of its folder are passed over.
    private static final List<String> CHAIN = List.of(
            "timestamp", "instrument_name", "bid_price", "ask_price", "futures_price", "futures_instrument_name");

    private final Map<List<Path>, List<Bar>> bars = new HashMap<>();
    private final Map<Path, Table> chains = new HashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Recordings() {}

    /// What was read.
    ///
    /// @param digests of the files by name, where they are known
    /// @param notes what of them was left out
    record Loaded(List<Simulation.Track> tracks, Map<String, String> digests, List<String> notes) {}

    static Loaded load(BacktestConfig config) throws IOException {
        Recordings recordings = new Recordings();
        List<Simulation.Track> tracks = new ArrayList<>();
        Contracts contracts = config.contracts();
        for (int place = 0; place < contracts.size(); place++) {
            BacktestConfig.Feed feed = config.feeds().get(place);
            Tape tape = recordings.tape(contracts.get(place), feed.source());
            if (tape.size() == 0) {
                throw RefusedException.because(
                        "no event of " + contracts.get(place).symbol() + " is in "
                                + feed.source().files());
            }
            tracks.add(new Simulation.Track(place, tape, feed.delay()));
        }
        return new Loaded(List.copyOf(tracks), Map.copyOf(recordings.digests), List.copyOf(recordings.notes));
    }

    private Tape tape(Contract contract, BacktestConfig.Source source) throws IOException {
        Tape tape = Tape.empty();
        switch (source) {
            case BacktestConfig.Source.Events(List<Path> files) -> {
                for (Path file : files) {
                    EventFile events = EventFile.of(file, contract.instrument(), tape);
                    events.read();
                    digests.put(String.valueOf(file.getFileName()), events.digest());
                }
            }
            case BacktestConfig.Source.Bars from -> write(bars(from), contract, from, tape);
            case BacktestConfig.Source.Chains(List<Path> files, double shown) -> {
                for (Path file : files) {
                    chain(file, contract, shown, tape);
                }
            }
        }
        return tape;
    }

    /// The bars of each contract, those of the same files read once.
    ///
    /// @throws RefusedException when a contract's data are not bars
    static List<List<Bar>> bars(BacktestConfig config) throws IOException {
        Recordings recordings = new Recordings();
        List<List<Bar>> all = new ArrayList<>();
        for (BacktestConfig.Feed feed : config.feeds()) {
            if (!(feed.source() instanceof BacktestConfig.Source.Bars bars)) {
                throw RefusedException.because(
                        "paths are drawn from bars, not from " + feed.source().files());
            }
            all.add(recordings.bars(bars));
        }
        return all;
    }

    /// Tracks of other bars in place of the configuration's.
    static List<Simulation.Track> tracks(BacktestConfig config, List<List<Bar>> bars) {
        List<Simulation.Track> tracks = new ArrayList<>();
        for (int place = 0; place < bars.size(); place++) {
            BacktestConfig.Feed feed = config.feeds().get(place);
            Tape tape = Tape.empty();
            write(bars.get(place), config.contracts().get(place), (BacktestConfig.Source.Bars) feed.source(), tape);
            tracks.add(new Simulation.Track(place, tape, feed.delay()));
        }
        return tracks;
    }

    private List<Bar> bars(BacktestConfig.Source.Bars source) throws IOException {
        List<Bar> known = bars.get(source.files());
        if (known != null) {
            return known;
        }
        List<Bar> read = new ArrayList<>();
        OptionalLong interval =
                source.intervalMillis() > 0 ? OptionalLong.of(source.intervalMillis()) : OptionalLong.empty();
        for (Path file : source.files()) {
            for (FileFacts facts :
                    BarFile.read(Named.of(file), interval, Optional.empty(), (symbol, bar) -> read.add(bar))) {
                digests.put(facts.file(), facts.sha256());
                note(facts);
            }
        }
        bars.put(source.files(), read);
        return read;
    }

    private void note(FileFacts facts) {
        if (facts.badRows() > 0) {
            notes.add(facts.file() + ": " + facts.badRows() + " of " + facts.rows() + " rows left out: "
                    + facts.firsts());
        }
        if (facts.gaps() > 0) {
            notes.add(facts.file() + ": " + facts.gaps() + " holes in time, " + facts.missing() + " bars missing");
        }
    }

    /// Each bar for the venue, and at its close the best prices around the close for everybody.
    private static void write(List<Bar> bars, Contract contract, BacktestConfig.Source.Bars source, Tape tape) {
        Instrument instrument = contract.instrument();
        long shown = Math.max(1, Math.round(source.shown() / instrument.quantity(1)));
        long id = 0;
        for (Bar bar : bars) {
            if (id == 0) {
                around(bar.open(), bar.openMillis(), contract, source, shown, ++id, tape);
            }
            tape.bar(bar);
            long lots = Math.round(bar.volume() / instrument.quantity(1));
            if (lots > 0) {
                tape.print(bar.closeMillis(), Math.round(bar.close() / instrument.price(1)), lots);
            }
            around(bar.close(), bar.closeMillis(), contract, source, shown, ++id, tape);
        }
    }

    private static void around(
            double price,
            long millis,
            Contract contract,
            BacktestConfig.Source.Bars source,
            long shown,
            long id,
            Tape tape) {
        double tick = contract.instrument().price(1);
        double half = price * source.halfSpreadBps() * BASIS_POINT;
        long bid = contract.down((long) Math.floor((price - half) / tick));
        long ask = Math.max(bid + contract.tick(), contract.up((long) Math.ceil((price + half) / tick)));
        tape.top(millis, MarketSink.UNKNOWN, id, bid, shown, ask, shown);
    }

    /// The best prices of an option in a snapshot, or the price of a future that its options name.
    private void chain(Path file, Contract contract, double shown, Tape tape) throws IOException {
        Table table = chains.get(file);
        if (table == null) {
            table = Table.csv(file);
            chains.put(file, table);
        }
        if (!table.header().containsAll(CHAIN)) {
            return;
        }
        long lots = Math.max(1, Math.round(shown / contract.instrument().quantity(1)));
        double tick = contract.instrument().price(1);
        for (List<String> row : table.rows()) {
            if (row.size() != table.header().size()) {
                continue;
            }
            long millis = millis(file, table.value(row, "timestamp"));
            if (table.value(row, "instrument_name").equals(contract.symbol())) {
                long bid = ticks(file, table.value(row, "bid_price"), tick);
                long ask = ticks(file, table.value(row, "ask_price"), tick);
                tape.top(millis, MarketSink.UNKNOWN, millis, bid, bid > 0 ? lots : 0, ask, ask > 0 ? lots : 0);
                return;
            }
            if (table.value(row, "futures_instrument_name").equals(contract.symbol())) {
                long price = ticks(file, table.value(row, "futures_price"), tick);
                if (price > 0) {
                    long bid = contract.down(price);
                    tape.top(millis, MarketSink.UNKNOWN, millis, bid, lots, bid + contract.tick(), lots);
                    return;
                }
            }
        }
    }

    private static long millis(Path file, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException wrong) {
            throw RefusedException.because(file + ": a time must be like 2026-01-05T04:11:27+00:00: \"" + text + "\"");
        }
    }

    /// 0 where there is no price.
    private static long ticks(Path file, String text, double tick) {
        if (Table.missing(text)) {
            return 0;
        }
        try {
            double price = Double.parseDouble(text);
            if (price >= 0 && price < Long.MAX_VALUE * tick) {
                return Math.round(price / tick);
            }
        } catch (NumberFormatException wrong) {
            throw noPrice(file, text);
        }
        throw noPrice(file, text);
    }

    private static RefusedException noPrice(Path file, String text) {
        return RefusedException.because(file + ": a price must be a number, at least 0: \"" + text + "\"");
    }
}
