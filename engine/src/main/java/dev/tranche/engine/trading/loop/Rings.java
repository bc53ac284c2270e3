package dev.tranche.engine.trading.loop;

import dev.tranche.runtime.clock.Ticks;

/// What waits for a loop: what others say, what its own thread says, and the inbox that writes to both.
///
/// @param ring from everybody else
/// @param own from the loop's thread
public record Rings(EventRing ring, EventRing own, RingInbox inbox) {
    private static final int OWN = 1 << 20;

    /// Empty ones.
    ///
    /// @param bytes size of the ring, a power of two
    public static Rings of(int bytes, int contracts, Ticks ticks, RingInbox.Aside aside) {
        EventRing ring = EventRing.of(bytes);
        EventRing own = EventRing.of(OWN);
        return new Rings(ring, own, RingInbox.of(ring, own, contracts, ticks, aside));
    }
}
