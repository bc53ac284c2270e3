package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.loop.RingInbox;
import dev.tranche.engine.venue.Gateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The protections for market makers of the venues: which are triggered, and how they end.
///
/// One that is triggered has taken our quotes back: the desk is told that the venue was away and is there again,
/// so that every order there counts as unknown until the venue's truth; the gateway refuses quotes from then on,
/// hedges go through. It ends when a person says so ([#reset]), or by itself after a time if one is configured;
/// the gateway resets it, asks the venue whether everything holds, and only then it is over: the desk asks for
/// the truth again and quotes. Thread-safe.
final class Protections {
    private static final Logger LOG = LoggerFactory.getLogger(Protections.class);

    private final List<String> names;
    private final List<Gateway> gateways;
    private final RingInbox inbox;
    private final Duration after;
    private final ScheduledExecutorService timer;
    private final AtomicIntegerArray triggered;

    /// @param names of the venues
    /// @param gateways in the order of the venues
    /// @param after how long one stays triggered by itself; zero: until a person resets it
    Protections(
            List<String> names,
            List<Gateway> gateways,
            RingInbox inbox,
            Duration after,
            ScheduledExecutorService timer) {
        this.names = names;
        this.gateways = gateways;
        this.inbox = inbox;
        this.after = after;
        this.timer = timer;
        this.triggered = new AtomicIntegerArray(names.size());
    }

    /// A gateway says that a venue's protection was triggered, or is over.
    @SuppressWarnings("FutureReturnValueIgnored") // a reset that fails shows in the gateway's state
    void told(int venue, boolean on) {
        if (triggered.getAndSet(venue, on ? 1 : 0) == (on ? 1 : 0)) {
            return;
        }
        LOG.warn("venue.protection venue={} triggered={}", names.get(venue), on);
        if (on) {
            inbox.disconnected(0, venue);
        }
        inbox.connected(0, venue);
        if (on && after.isPositive()) {
            timer.schedule(
                    () -> {
                        if (triggered(venue)) {
                            reset(venue);
                        }
                    },
                    after.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    boolean triggered(int venue) {
        return triggered.get(venue) == 1;
    }

    /// The names of the venues whose protection is triggered.
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (int venue = 0; venue < names.size(); venue++) {
            if (triggered(venue)) {
                all.add(names.get(venue));
            }
        }
        return all;
    }

    /// The venue with this name, whose protection is triggered.
    ///
    /// @throws IllegalArgumentException when it is not
    int find(String name) {
        int venue = names.indexOf(name);
        if (venue < 0) {
            throw new IllegalArgumentException("no such venue: " + name + "; there are " + names);
        }
        if (!triggered(venue)) {
            throw new IllegalArgumentException("the protection of " + name + " is not triggered");
        }
        return venue;
    }

    /// Asks the venue to end it.
    void reset(int venue) {
        gateways.get(venue).resetProtection();
    }
}
