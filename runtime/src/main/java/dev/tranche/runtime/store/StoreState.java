package dev.tranche.runtime.store;

import java.time.Duration;
import java.time.Instant;

/// Whether the store can be used now.
public sealed interface StoreState {
    /// Being started or reached for the first time.
    record Starting() implements StoreState {}

    /// Answering since `since`; `startup` is what the first start took.
    record Up(Instant since, Duration startup) implements StoreState {}

    /// Not answering since `since`; it is tried again in the background.
    record Down(Instant since, String reason) implements StoreState {}

    /// Closed by this process.
    record Closed() implements StoreState {}
}
