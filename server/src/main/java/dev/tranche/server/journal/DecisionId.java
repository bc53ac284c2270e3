package dev.tranche.server.journal;

import org.jspecify.annotations.Nullable;

/// Names a decision: the node that answered and the position of its record in that node's journal, so that a
/// lookup needs no index. Written `d<node>-<position>`, both in base 36, for instance `d1-5yc1`.
///
/// @param node number of the node, 0..65535
/// @param position position of the record in the node's journal, at least 0
public record DecisionId(int node, long position) {

    /// @throws IllegalArgumentException when a part is outside its range
    public DecisionId {
        if (node < 0 || node > 0xFFFF) {
            throw new IllegalArgumentException("node must be within 0..65535: " + node);
        }
        if (position < 0) {
            throw new IllegalArgumentException("position must be at least 0: " + position);
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when the text is not a decision id
    public static DecisionId parse(String text) {
        int dash = text.indexOf('-');
        if (text.length() < 4 || text.charAt(0) != 'd' || dash < 2 || dash == text.length() - 1) {
            throw malformed(text, null);
        }
        try {
            return new DecisionId(
                    Integer.parseInt(text, 1, dash, Character.MAX_RADIX),
                    Long.parseLong(text, dash + 1, text.length(), Character.MAX_RADIX));
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    private static IllegalArgumentException malformed(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "decision id must look like d<node>-<position>, both in base 36, for instance d1-5yc1: " + text, cause);
    }

    @Override
    public String toString() {
        return "d" + Integer.toString(node, Character.MAX_RADIX) + "-" + Long.toString(position, Character.MAX_RADIX);
    }
}
