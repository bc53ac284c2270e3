package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.loop.Rings;
import dev.tranche.engine.trading.market.ForwardedMarket;
import dev.tranche.engine.trading.terms.TradingSettings;
import dev.tranche.runtime.clock.Ticks;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Hands market data to the loop of a desk. A recording, played here or in another process, waits for room in the
/// ring, and the time of the desk stands soon after its line is away; a venue waits for nobody. Thread-safe.
///
/// @param after what was received up to then, epoch nanoseconds, was heard before a restart and is not heard again
/// @param open false once the desk takes no more
record MarketIn(TradingSettings settings, Rings rings, long after, Ticks ticks, BooleanSupplier open)
        implements ForwardedMarket.Taker {
    @Override
    public boolean message(int contract, long received, byte[] bytes) {
        if (!settings.recorded()) {
            rings.inbox().market(received, contract, bytes, 0, bytes.length);
            return open.getAsBoolean();
        }
        if (received <= after) {
            return open.getAsBoolean();
        }
        return rings.inbox().patiently(received, contract, bytes, 0, bytes.length, this::pause);
    }

    @Override
    public void lost(int contract, long received) {
        long now = received != 0 || settings.recorded() ? received : ticks.epochNanos();
        rings.inbox().marketLost(now, contract);
    }

    @Override
    public void over() {
        rings.ring().put(Entry.END.code(), 0, ticks.nanos(), new byte[0], 0, 0);
    }

    private boolean pause() {
        try {
            TimeUnit.MICROSECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return open.getAsBoolean();
    }
}
