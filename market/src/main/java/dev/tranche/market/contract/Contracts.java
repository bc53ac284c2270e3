package dev.tranche.market.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The contracts that a desk knows, each by its place 0, 1, … in the list: hot code says the place, not the
/// symbol. Immutable.
public final class Contracts {
    private final List<Contract> all;
    private final List<String> venues;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[] venueOf;

    private Contracts(List<Contract> all) {
        this.all = List.copyOf(all);
        this.venues = new ArrayList<>(
                new LinkedHashSet<>(all.stream().map(Contract::venue).toList()));
        this.venueOf =
                all.stream().mapToInt(each -> venues.indexOf(each.venue())).toArray();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).venue() + ":" + all.get(i).symbol();
            if (places.put(name, i) != null) {
                throw new IllegalArgumentException("a contract is named twice: " + name);
            }
        }
    }

    /// @throws IllegalArgumentException when there is none, or one is named twice
    public static Contracts of(List<Contract> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a desk needs at least 1 contract: 0");
        }
        return new Contracts(all);
    }

    public int size() {
        return all.size();
    }

    public Contract get(int place) {
        return all.get(place);
    }

    public List<Contract> all() {
        return all;
    }

    /// The venues in the order in which they are first named.
    public List<String> venues() {
        return List.copyOf(venues);
    }

    /// The place in [#venues] of a contract's venue.
    public int venue(int contract) {
        return venueOf[contract];
    }

    /// The place of a contract; empty when it is not known.
    public OptionalInt find(String venue, String symbol) {
        Integer place = places.get(venue + ":" + symbol);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }
}
