package dev.tranche.market.pricing;

/// What an option is worth and how that changes, all in the quote currency for one unit of the underlying.
///
/// @param price worth
/// @param delta change of the price for a change of the forward by one
/// @param gamma change of delta for a change of the forward by one
/// @param vega change of the price for a change of the volatility by one (100 percentage points)
/// @param theta change of the price by the passage of a year, volatility and forward unchanged
/// @param vanna change of delta for a change of the volatility by one
/// @param volga change of vega for a change of the volatility by one
public record Greeks(double price, double delta, double gamma, double vega, double theta, double vanna, double volga) {}
