package dev.tranche.market.study;

import dev.tranche.market.divergence.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// How a study is made; the same settings on the same bars give the same numbers, bit for bit.
///
/// @param horizons bars that a position is held, ascending, 1..1000 each
/// @param costs of a round trip
/// @param zone where the hours of the day session are told
/// @param dayFrom first hour of the day session, 0..23
/// @param dayTo first hour of the night session, above `dayFrom` and at most 24
/// @param minimum events that a cell must have before it says a number, at least 10
/// @param confidence of every interval that is not simultaneous, within 0..1
/// @param replicates of the block bootstrap, 100..100000
/// @param folds of the walk-forward, 2..50
/// @param seed of the bootstrap
public record Settings(
        List<Integer> horizons,
        Costs costs,
        ZoneId zone,
        int dayFrom,
        int dayTo,
        int minimum,
        double confidence,
        int replicates,
        int folds,
        long seed) {
    /// Seed 003: 10 and 20 bars, the day from 9 to 17 (here of UTC).
    public static final Settings STANDARD =
            new Settings(List.of(10, 20), Costs.TAKER, ZoneOffset.UTC, 9, 17, 30, 0.95, 1000, 5, 20251020);

    private static final int LONGEST = 1000;

    public Settings {
        horizons = List.copyOf(horizons);
        if (horizons.isEmpty()) {
            throw new IllegalArgumentException("horizons must name at least one number of bars: " + horizons);
        }
        int before = 0;
        for (int horizon : horizons) {
            if (horizon <= before || horizon > LONGEST) {
                throw new IllegalArgumentException("horizons must ascend within 1..1000: " + horizons);
            }
            before = horizon;
        }
        within("dayFrom", dayFrom, 0, 23);
        within("dayTo", dayTo, dayFrom + 1, 24);
        within("minimum", minimum, 10, Integer.MAX_VALUE);
        within("replicates", replicates, 100, 100_000);
        within("folds", folds, 2, 50);
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be within 0..1: " + confidence);
        }
    }

    /// The longest time that a position is held, in bars.
    public int longest() {
        return horizons.getLast();
    }

    /// The session of an instant.
    public Session session(long epochMillis) {
        int hour = Instant.ofEpochMilli(epochMillis).atZone(zone).getHour();
        return hour >= dayFrom && hour < dayTo ? Session.DAY : Session.NIGHT;
    }

    public Settings withSeed(long other) {
        return new Settings(horizons, costs, zone, dayFrom, dayTo, minimum, confidence, replicates, folds, other);
    }

    public Settings withReplicates(int other) {
        return new Settings(horizons, costs, zone, dayFrom, dayTo, minimum, confidence, other, folds, seed);
    }

    public Settings withCosts(Costs other) {
        return new Settings(horizons, other, zone, dayFrom, dayTo, minimum, confidence, replicates, folds, seed);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}
