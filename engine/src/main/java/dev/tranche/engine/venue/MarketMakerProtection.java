package dev.tranche.engine.venue;

/// When a venue shall take all our quotes on one index back and refuse new ones: too much was traded within an
/// interval. Units are those of Deribit's `private/set_mmp_config`; a limit of 0 is not set.
///
/// @param intervalSeconds over which trades are added up, 1..86400
/// @param frozenSeconds how long quotes are refused then; 0: until they are asked for again
/// @param quantity traded in the base currency, buys and sells added
/// @param delta of the trades, in the base currency, net
/// @param vega of the trades, in USD, net
/// @param quoted most that may be quoted a side in one instrument, in the base currency
public record MarketMakerProtection(
        int intervalSeconds, int frozenSeconds, double quantity, double delta, double vega, double quoted) {
    private static final int DAY_SECONDS = 86_400;

    public MarketMakerProtection {
        if (intervalSeconds < 1 || intervalSeconds > DAY_SECONDS || frozenSeconds < 0 || frozenSeconds > DAY_SECONDS) {
            throw new IllegalArgumentException("interval must be within 1..86400 s and frozen within 0..86400 s: "
                    + intervalSeconds + ", " + frozenSeconds);
        }
        if (!(quantity >= 0 && delta >= 0 && vega >= 0 && quoted >= 0) || quantity + delta + vega == 0) {
            throw new IllegalArgumentException("quantity, delta, vega and quoted must be at least 0, and one of the"
                    + " first three above it: " + quantity + ", " + delta + ", " + vega + ", " + quoted);
        }
    }
}
