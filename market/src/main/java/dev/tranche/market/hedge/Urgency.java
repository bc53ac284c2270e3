package dev.tranche.market.hedge;

/// How soon a hedge should be done, and so how: patiently at the touch, or across the spread.
public enum Urgency {
    LOW,
    NORMAL,
    HIGH,
    CRITICAL
}
