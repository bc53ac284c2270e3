package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The contracts of one venue among all that a desk knows.
final class Places {
    static final int UNKNOWN = -1;

    private final Contracts contracts;
    private final int venue;
    private final List<Integer> ours = new ArrayList<>();
    private final Map<String, Integer> bySymbol = new HashMap<>();

    /// @throws IllegalArgumentException when no contract is traded there
    Places(Contracts contracts, String venueName) {
        this.contracts = contracts;
        this.venue = contracts.venues().indexOf(venueName);
        if (venue < 0) {
            throw new IllegalArgumentException(
                    "no contract is traded at " + venueName + ", the venues are " + contracts.venues());
        }
        for (int i = 0; i < contracts.size(); i++) {
            if (contracts.venue(i) == venue) {
                ours.add(i);
                bySymbol.put(contracts.get(i).symbol(), i);
            }
        }
    }

    int venue() {
        return venue;
    }

    List<Integer> ours() {
        return ours;
    }

    Contract get(int place) {
        return contracts.get(place);
    }

    /// The place of a contract; [#UNKNOWN] when it is none of ours.
    int find(String symbol) {
        return bySymbol.getOrDefault(symbol, UNKNOWN);
    }

    int priceDecimals(int place) {
        return contracts.get(place).instrument().priceDecimals();
    }

    int quantityDecimals(int place) {
        return contracts.get(place).instrument().quantityDecimals();
    }

    /// What the venue is called in the contracts.
    String name() {
        return contracts.venues().get(venue);
    }

    /// @throws VenueException when the venue lists one of our contracts otherwise, or not at all
    void compare(List<Contract> listed) throws VenueException {
        List<String> differences = ListedContracts.differences(contracts, name(), listed);
        if (!differences.isEmpty()) {
            throw VenueException.of("our contracts are not those of the venue: " + String.join("; ", differences));
        }
    }

    void check(int place) {
        if (place < 0 || place >= contracts.size() || contracts.venue(place) != venue) {
            throw new IllegalArgumentException("contract " + place + " is not traded at " + name());
        }
    }
}
