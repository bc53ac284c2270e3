package dev.tranche.release.rollout;

import dev.tranche.release.Mode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Who else has to agree: `count` people other than the starter, before the first stage of each of these
/// modes. The same count satisfies an `approval` gate. Written as `1 before live`, `2 before read-only,live`
/// or `1`.
///
/// @param count 1..9
public record Approvals(Set<Mode> before, int count) {
    /// Nobody has to agree, except where a stage has an `approval` gate; then one.
    public static final Approvals NONE = new Approvals(Set.of(), 1);

    public Approvals {
        if (count < 1 || count > 9) {
            throw new IllegalArgumentException("approvals must be within 1..9: " + count);
        }
        before = before.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(before));
    }

    /// Whether entering `next` from `from` (none: the beginning) needs them.
    boolean needed(Mode next, List<Mode> from) {
        return before.contains(next) && !from.contains(next);
    }

    /// The inverse of [#toString()].
    public static Approvals parse(String text) {
        Words words = new Words(text);
        String count = words.take("a count");
        if (!count.matches("[1-9]")) {
            throw new IllegalArgumentException("approvals must be within 1..9: " + count);
        }
        Set<Mode> before = EnumSet.noneOf(Mode.class);
        if (words.skip("before")) {
            Arrays.stream(words.take("modes").split(",", -1)).map(Mode::parse).forEach(before::add);
        }
        words.end("COUNT [before MODE,MODE]");
        return new Approvals(before, Integer.parseInt(count));
    }

    @Override
    public String toString() {
        String modes = before.stream().sorted().map(Mode::toString).collect(Collectors.joining(","));
        return count + (modes.isEmpty() ? "" : " before " + modes);
    }
}
