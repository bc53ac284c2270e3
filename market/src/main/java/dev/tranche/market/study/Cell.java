package dev.tranche.market.study;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A filter over the events of one pass: one column of the table that a study prints. Twelve cells make the
/// grid of seed 003 (two sessions, two liquidities, three sources); the total of a source holds all its
/// events.
///
/// @param session empty: both
/// @param liquidity empty: both, and the events too early to judge it
public record Cell(Source source, Optional<Session> session, Optional<Liquidity> liquidity) {

    /// The four cells of each source: day and night, active and quiet.
    public static List<Cell> grid(Collection<Source> sources) {
        List<Cell> cells = new ArrayList<>();
        for (Source source : sources) {
            for (Session session : Session.values()) {
                for (Liquidity liquidity : Liquidity.values()) {
                    cells.add(new Cell(source, Optional.of(session), Optional.of(liquidity)));
                }
            }
        }
        return List.copyOf(cells);
    }

    /// All events of each source.
    public static List<Cell> totals(Collection<Source> sources) {
        return sources.stream().map(Cell::total).toList();
    }

    /// All events of one source.
    public static Cell total(Source source) {
        return new Cell(source, Optional.empty(), Optional.empty());
    }

    /// Whether this cell holds all events of its source.
    public boolean isTotal() {
        return session.isEmpty() && liquidity.isEmpty();
    }

    /// @param eventLiquidity empty when there were too few bars before the event to judge it
    public boolean holds(Source eventSource, Session eventSession, Optional<Liquidity> eventLiquidity) {
        return source == eventSource
                && (session.isEmpty() || session.get() == eventSession)
                && (liquidity.isEmpty() || liquidity.equals(eventLiquidity));
    }

    /// Such as `FUSION/day/active` or `CVD_ONLY/all`.
    @Override
    public String toString() {
        if (isTotal()) {
            return source.bucket() + "/all";
        }
        return source.bucket() + "/" + name(session) + "/" + name(liquidity);
    }

    private static String name(Optional<? extends Enum<?>> part) {
        return part.map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("all");
    }
}
