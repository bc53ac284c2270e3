package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import dev.tranche.credit.Component;
import dev.tranche.credit.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The bytes that stand for the constants of an enum in the journal. They are written down here, apart from
/// the enums, so that reordering an enum never changes what old records mean. A tag is only ever added, never
/// reused.
///
/// @param <E> the enum
final class Tags<E extends Enum<E>> {
    static final Tags<Action> ACTIONS = of(Action.class, List.of(Action.APPROVE, Action.REVIEW, Action.DECLINE));
    static final Tags<Source> SOURCES = of(Source.class, List.of(Source.MODEL, Source.FALLBACK_RULES));
    static final Tags<Component> COMPONENTS =
            of(Component.class, List.of(Component.HARD_RULE, Component.MODEL, Component.FALLBACK));
    static final Tags<RawRow.Kind> KINDS = of(
            RawRow.Kind.class,
            List.of(RawRow.Kind.MISSING, RawRow.Kind.NUMBER, RawRow.Kind.TEXT, RawRow.Kind.FLAG, RawRow.Kind.ITEMS));
    static final Tags<Placement.Role> ROLES = of(
            Placement.Role.class,
            List.of(Placement.Role.LIVE, Placement.Role.CANDIDATE, Placement.Role.ARM, Placement.Role.PINNED));
    static final Tags<Answer.Cause> CAUSES = of(
            Answer.Cause.class,
            List.of(Answer.Cause.NONE, Answer.Cause.DEADLINE, Answer.Cause.FAILURE, Answer.Cause.MISSING_FEATURE));

    private final List<E> byTag;
    private final Map<E, Integer> tags;

    private Tags(List<E> byTag, Map<E, Integer> tags) {
        this.byTag = byTag;
        this.tags = tags;
    }

    private static <E extends Enum<E>> Tags<E> of(Class<E> type, List<E> byTag) {
        Map<E, Integer> tags = new EnumMap<>(type);
        for (int tag = 0; tag < byTag.size(); tag++) {
            tags.put(byTag.get(tag), tag);
        }
        return new Tags<>(byTag, tags);
    }

    /// @throws JournalException when no tag was given to the constant
    int tag(E constant) {
        Integer tag = tags.get(constant);
        if (tag == null) {
            throw new JournalException("no journal tag stands for " + constant);
        }
        return tag;
    }

    /// @throws JournalException when the tag stands for nothing here
    E read(int tag) {
        if (tag < 0 || tag >= byTag.size()) {
            throw new JournalException("journal tag must be within 0.." + (byTag.size() - 1) + ": " + tag);
        }
        return byTag.get(tag);
    }
}
