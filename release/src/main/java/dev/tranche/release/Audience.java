package dev.tranche.release;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whom a stage reaches: a share of the units, or a set of entities (symbols, products, branches).
/// Written as `5%` or as `BTCUSDT,ETHUSDT`.
public sealed interface Audience {
    /// Everybody.
    Audience EVERYONE = new Units(Share.WHOLE);

    /// Whether a request is among them.
    ///
    /// @param slot the unit's slot, 0..9999, see [Bucketing#slot(String)]
    /// @param entity the entity of the request; empty when it has none
    boolean includes(int slot, String entity);

    /// Whether everybody that is in `smaller` is certainly here too, so that moving from it to this one takes
    /// the candidate from nobody.
    boolean covers(Audience smaller);

    /// The inverse of `toString`.
    static Audience parse(String text) {
        return text.endsWith("%") ? new Units(Share.parse(text)) : Entities.of(Arrays.asList(text.split(",", -1)));
    }

    /// The units whose slot lies below the share; a unit stays in as the share grows.
    record Units(Share share) implements Audience {
        @Override
        public boolean includes(int slot, String entity) {
            return slot < share.basisPoints();
        }

        @Override
        public boolean covers(Audience smaller) {
            return switch (smaller) {
                case Units(Share other) -> other.compareTo(share) <= 0;
                case Entities _ -> share.whole();
            };
        }

        @Override
        public String toString() {
            return share.toString();
        }
    }

    /// Requests about these entities, each named by 1 to 64 letters, digits and `._:/-`; at least one.
    record Entities(List<String> names) implements Audience {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

        public Entities {
            SortedSet<String> sorted = new TreeSet<>(names);
            for (String name : names) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "entity must be 1..64 letters, digits, '.', '_', ':', '/' or '-': " + name);
                }
            }
            if (sorted.isEmpty()) {
                throw new IllegalArgumentException("entities must name at least one: " + names);
            }
            names = List.copyOf(sorted);
        }

        public static Entities of(List<String> names) {
            return new Entities(names.stream().map(String::strip).toList());
        }

        @Override
        public boolean includes(int slot, String entity) {
            return names.contains(entity);
        }

        @Override
        public boolean covers(Audience smaller) {
            return switch (smaller) {
                case Units(Share share) -> share.equals(Share.NONE);
                case Entities(List<String> others) -> names.containsAll(others);
            };
        }

        @Override
        public String toString() {
            return names.stream().collect(Collectors.joining(","));
        }
    }
}
