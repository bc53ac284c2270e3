package dev.tranche.market.divergence;

/// What parameters are chosen by.
///
/// @param symbol as in [dev.tranche.market.Instrument#symbol]
public record Context(String symbol, Session session, Liquidity liquidity, Source source) {}
