package dev.tranche.engine.trading.loop;

import dev.tranche.engine.trading.journal.Entry;

/// What is driven by the inputs of a journal, live and in a replay alike: the desk with its decoders. It asks no
/// clock. One thread at a time.
public interface Machine {
    /// Hears one input; what it wants and tells is said during the call.
    ///
    /// @param now the desk's time, never less than before
    /// @param bytes payload in `[from, to)`, read and not kept
    /// @throws IllegalArgumentException when the input is refused; nothing has changed then
    void apply(Entry entry, long now, byte[] bytes, int from, int to);

    /// Over everything that decides.
    long hash();
}
