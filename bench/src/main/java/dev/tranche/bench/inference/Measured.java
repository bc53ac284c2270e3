package dev.tranche.bench.inference;

/// What one contender took in one case.
///
/// @param subject the model
/// @param rows the rows of a call
/// @param contender who answered
/// @param foreign whether it is a native library of somebody else
/// @param nanos for one row
/// @param bytes allocated on the Java heap for one row
record Measured(String subject, int rows, String contender, boolean foreign, double nanos, double bytes) {}
