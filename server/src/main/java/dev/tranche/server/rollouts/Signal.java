package dev.tranche.server.rollouts;

import java.time.Instant;

/// A state that something outside reported, such as a circuit breaker.
///
/// @param product the product it is about
/// @param name `breaker`
/// @param state `HALTED`
/// @param at when it was reported
/// @param by who reported it
public record Signal(String product, String name, String state, Instant at, String by) {}
