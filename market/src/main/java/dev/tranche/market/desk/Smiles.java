package dev.tranche.market.desk;

import dev.tranche.market.contract.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The smiles of all options of a desk, one an underlying and expiry, refreshed in turn. One writer.
final class Smiles {
    /// One expiry is refreshed so often.
    private static final long EVERY = 50_000_000L;

    private final List<Smile> all = new ArrayList<>();
    private final @Nullable OptionMark[] marks;
    private int next;
    private long refreshedAt = Long.MIN_VALUE;

    Smiles(Floor floor) {
        marks = new OptionMark[floor.contracts.size()];
        for (int i = 0; i < marks.length; i++) {
            if (floor.contracts.get(i).terms() instanceof Terms.CoinOption option) {
                String venue = floor.contracts.get(i).venue();
                int underlying = floor.contracts
                        .find(venue, option.underlying())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the underlying of an option must be a contract of the desk: " + option.underlying()));
                marks[i] = new OptionMark(
                        floor,
                        floor.markets.get(i),
                        option.option(),
                        smile(
                                floor,
                                floor.markets.get(underlying),
                                option.option().expiry()));
            }
        }
    }

    private Smile smile(Floor floor, Market underlying, Instant expiry) {
        long nanos = expiry.getEpochSecond() * 1_000_000_000L + expiry.getNano();
        for (Smile each : all) {
            if (each.underlying() == underlying && each.expiryNanos() == nanos) {
                return each;
            }
        }
        Smile made = new Smile(floor, underlying, nanos);
        all.add(made);
        return made;
    }

    /// The mark of an option.
    OptionMark mark(int contract) {
        OptionMark mark = marks[contract];
        if (mark == null) {
            throw new IllegalArgumentException("contract must be an option: " + contract);
        }
        return mark;
    }

    void time(long nowNanos) {
        if (all.isEmpty() || (refreshedAt != Long.MIN_VALUE && nowNanos - refreshedAt < EVERY)) {
            return;
        }
        refreshedAt = nowNanos;
        all.get(next).refresh();
        next = (next + 1) % all.size();
    }

    void digest(Digest into) {
        into.add(refreshedAt).add((long) next);
        all.forEach(each -> each.digest(into));
    }
}
