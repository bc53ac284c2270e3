package dev.tranche.server.measured;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// One line of the line protocol, with its escapes undone.
///
/// @param fields at least one
/// @param timestamp as written, in the unit of the post; empty when the line has none
record Line(
        String measurement, SortedMap<String, String> tags, SortedMap<String, Value> fields, OptionalLong timestamp) {
    Line {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /// Reads one line, without its line feed.
    ///
    /// @throws IllegalArgumentException with what is wrong and where, columns from 1
    static Line parse(String text) {
        return new LineReader(text).read();
    }
}
