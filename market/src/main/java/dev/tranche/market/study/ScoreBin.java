package dev.tranche.market.study;

import dev.tranche.market.statistics.Interval;

/// What a score between two bounds has been worth.
///
/// @param scoreMin lowest score, inclusive
/// @param scoreMax highest score, inclusive; a score between two bins belongs to the lower one
/// @param n events
/// @param winRate share of them that went the way announced
/// @param winRateBand Wilson's interval
/// @param expectedReturn mean net return, made to ascend over the bins
/// @param expectedReturnBand by block bootstrap
public record ScoreBin(
        double scoreMin,
        double scoreMax,
        int n,
        double winRate,
        Interval winRateBand,
        double expectedReturn,
        Interval expectedReturnBand) {}
