package dev.tranche.market.study;

/// One step of the walk-forward: a past to choose on and a stretch to test on, both whole periods of the
/// study. A period (at least the longest outcome) is purged between them and another one is the embargo.
///
/// @param number from 1
/// @param trainFromMillis start of the past, epoch milliseconds, inclusive
/// @param trainToMillis its end, exclusive
/// @param testFromMillis start of the stretch, inclusive
/// @param testToMillis its end, exclusive
public record Fold(int number, long trainFromMillis, long trainToMillis, long testFromMillis, long testToMillis) {}
