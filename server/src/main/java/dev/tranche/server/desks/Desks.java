package dev.tranche.server.desks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The newest status of each desk by engine, in memory: what an engine told before this server started it
/// tells again within a second. An old status is kept and shown with its age, never taken for a new one and
/// never for nothing. Thread-safe.
public final class Desks {
    /// An engine tells once a second; after this long without a word what is known of it is old.
    public static final Duration STALE = Duration.ofSeconds(5);

    /// Engines of one product that are remembered; each start of an engine is one.
    static final int ENGINES = 8;

    /// Products that are remembered.
    static final int PRODUCTS = 64;

    /// What an engine said last.
    ///
    /// @param received when it came, by this node's clock
    public record Told(DeskStatus status, Instant received) {
        /// How long ago it came; never negative.
        public Duration age(Instant now) {
            return now.isAfter(received) ? Duration.between(received, now) : Duration.ZERO;
        }

        /// Whether it is too old to be taken for how the desk does.
        public boolean stale(Instant now) {
            return age(now).compareTo(STALE) > 0;
        }
    }

    private final NavigableMap<String, NavigableMap<String, Told>> desks = new TreeMap<>();

    private Desks() {}

    /// Without any desk yet.
    public static Desks none() {
        return new Desks();
    }

    /// Takes what an engine says.
    ///
    /// @return whether it is news: false when a newer one of this engine is known
    /// @throws IllegalArgumentException when there are too many products
    public synchronized boolean take(DeskStatus status, Instant now) {
        if (!desks.containsKey(status.product()) && desks.size() >= PRODUCTS) {
            throw new IllegalArgumentException("at most " + PRODUCTS + " desks are remembered");
        }
        NavigableMap<String, Told> engines = desks.computeIfAbsent(status.product(), _ -> new TreeMap<>());
        Told known = engines.get(status.engine());
        if (known != null && known.status().seq() >= status.seq()) {
            return false;
        }
        engines.put(status.engine(), new Told(status, now));
        if (engines.size() > ENGINES) {
            engines.values().stream()
                    .min(Comparator.comparing(Told::received))
                    .map(oldest -> oldest.status().engine())
                    .ifPresent(engines::remove);
        }
        return true;
    }

    /// The products of which something was told, ordered.
    public synchronized SortedSet<String> products() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(desks.keySet()));
    }

    /// What the engines of a product said last, the newest first; none when nothing was ever told.
    public synchronized List<Told> of(String product) {
        List<Told> told = new ArrayList<>(
                desks.getOrDefault(product, Collections.emptyNavigableMap()).values());
        told.sort(Comparator.comparing(Told::received).reversed());
        return List.copyOf(told);
    }
}
