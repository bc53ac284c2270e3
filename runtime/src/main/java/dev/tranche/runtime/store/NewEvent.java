package dev.tranche.runtime.store;

import java.time.Instant;

/// A change to record.
///
/// @param at      when it was decided; kept to the microsecond
/// @param actor   who decided: a token's name, or the part of the product that did (`rollouts`)
/// @param subject what it is about, such as `rollout/42` or `version/consumer_apply_xgb_v1.0`
/// @param kind    what happened, such as `rollout.promoted`
/// @param payload canonical JSON text of an object, kept and hashed byte for byte
public record NewEvent(Instant at, String actor, String subject, String kind, String payload) {}
