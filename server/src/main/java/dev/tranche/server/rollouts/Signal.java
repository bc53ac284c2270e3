package dev.tranche.server.rollouts;

import java.time.Instant;

/// A state that something outside reported, such as a circuit breaker.
///
/// @param product the product it is about
/// @param name `breaker`
/// @param state `HALTED`
/// @param at since when it stands: when it was reported first
/// @param by who reported it then
public record Signal(String product, String name, String state, Instant at, String by) {}
