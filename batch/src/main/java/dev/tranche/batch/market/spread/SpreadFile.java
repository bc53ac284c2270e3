package dev.tranche.batch.market.spread;

import dev.tranche.batch.divergence.read.EventFile;
import dev.tranche.batch.divergence.read.Named;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Instrument;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.spread.SpreadRecorder;
import dev.tranche.market.spread.SpreadTape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A recording, read into samples.
///
/// @param name of the file, with the folder it lies in
/// @param digest SHA-256 of the file, hex
/// @param rows lines read
/// @param faults seen, by kind
record SpreadFile(
        String name, String digest, Instrument instrument, long rows, SpreadTape tape, Map<Fault, Long> faults) {
    /// @param intervalMillis length of a sample
    /// @throws RefusedException when the file cannot be used, or no sample comes of it
    static SpreadFile read(Named named, Instrument instrument, int intervalMillis) throws IOException {
        SpreadRecorder recorder = SpreadRecorder.of(intervalMillis);
        EventFile events = EventFile.of(named.file(), instrument, recorder);
        events.read();
        Path whole = named.file().toAbsolutePath();
        int names = whole.getNameCount();
        String name = whole.subpath(Math.max(0, names - 2), names).toString();
        if (recorder.tape().size() == 0) {
            throw RefusedException.because("no sample of " + intervalMillis + " ms comes of " + named.file() + ": "
                    + events.rows() + " rows of " + instrument.symbol() + ", faults "
                    + recorder.faults().seen()
                    + "; samples need a best bid and ask, and 21 of them in a row");
        }
        return new SpreadFile(
                name,
                events.digest(),
                instrument,
                events.rows(),
                recorder.tape(),
                recorder.faults().seen());
    }

    /// Mid of a sample, in the quote currency.
    double price(int sample) {
        return instrument.price((long) (2 * tape.mid(sample))) / 2;
    }

    /// Seconds from the first sample to the last.
    double seconds() {
        return (tape.nanos(tape.size() - 1) - tape.nanos(0)) / 1e9;
    }
}
