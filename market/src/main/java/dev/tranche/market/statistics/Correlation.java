package dev.tranche.market.statistics;

/// A rank correlation and the chance of one at least as far from 0 where there is none.
///
/// @param rho -1..1; NaN where one of the two never changes
/// @param p two-sided, 0..1; NaN where `rho` is
/// @param n pairs
public record Correlation(double rho, double p, int n) {}
