package dev.tranche.engine.venue;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which of our orders is behind the venue's own number of it: its list of trades does not say. The oldest are
/// forgotten and asked for again when they are needed. Thread-safe.
final class VenueIds {
    private static final int MOST = 100_000;

    private final Map<Long, Long> ours = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /// @param orderId 0 when it is none of ours
    synchronized void put(long venueId, long orderId) {
        ours.put(venueId, orderId);
    }

    synchronized boolean knows(long venueId) {
        return ours.containsKey(venueId);
    }

    synchronized long get(long venueId) {
        return ours.getOrDefault(venueId, 0L);
    }
}
