package dev.tranche.inference;

import java.util.List;

/// Names to their places in a list, for the path that every request takes: one array probe for almost every
/// name, no boxing. Immutable, safe for any number of threads.
public final class NameIndex {
    private final String[] names;
    private final int[] slots;
    private final int mask;

    private NameIndex(List<String> names) {
        this.names = names.toArray(new String[0]);
        // At least four slots a name, so that runs of taken slots are short.
        this.mask = Integer.highestOneBit(Math.max(1, this.names.length)) * 8 - 1;
        this.slots = new int[mask + 1];
        for (int place = 0; place < this.names.length; place++) {
            enter(place);
        }
    }

    /// The index of a list.
    ///
    /// @throws IllegalArgumentException when a name appears twice
    public static NameIndex of(List<String> names) {
        return new NameIndex(names);
    }

    /// The place of a name from 0, or -1.
    public int find(String name) {
        int slot = slot(name);
        while (slots[slot] != 0) {
            int place = slots[slot] - 1;
            if (names[place].equals(name)) {
                return place;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /// The place of a name, or -1; quickest when it stands at `expected`.
    public int find(String name, int expected) {
        if (expected >= 0 && expected < names.length && names[expected].equals(name)) {
            return expected;
        }
        return find(name);
    }

    /// How many names there are.
    public int size() {
        return names.length;
    }

    private void enter(int place) {
        int slot = slot(names[place]);
        while (slots[slot] != 0) {
            if (names[slots[slot] - 1].equals(names[place])) {
                throw new IllegalArgumentException("names must differ: " + names[place] + " appears twice");
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = place + 1;
    }

    private int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & mask;
    }
}
