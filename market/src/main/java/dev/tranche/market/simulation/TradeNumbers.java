package dev.tranche.market.simulation;

import java.util.HashSet;
import java.util.Set;

/// Numbers of trades that were told, each counted once in whatever order it was heard: all up to one, and some
/// beyond it. One writer.
final class TradeNumbers {
    private final Set<Long> beyond = new HashSet<>();
    private long whole;

    /// Takes a number; false when it was taken before.
    ///
    /// @param number from 1
    boolean take(long number) {
        if (number <= whole || !beyond.add(number)) {
            return false;
        }
        while (beyond.remove(whole + 1)) {
            whole++;
        }
        return true;
    }
}
