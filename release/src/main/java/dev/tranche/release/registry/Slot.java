package dev.tranche.release.registry;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One place on a product's route: which version of a kind is live, and the ones before it that stay warm, so
/// that going back is a swap.
///
/// @param previous newest first, at most [#KEPT]
public record Slot(String product, VersionKind kind, Optional<VersionName> live, List<VersionName> previous) {
    /// Seed 001 §3.2: three historical versions.
    public static final int KEPT = 3;

    public Slot {
        previous = List.copyOf(previous);
        if (previous.size() > KEPT) {
            throw new IllegalArgumentException("a slot keeps at most " + KEPT + " previous versions: " + previous);
        }
    }

    public static Slot empty(String product, VersionKind kind) {
        return new Slot(product, kind, Optional.empty(), List.of());
    }

    /// The slot with another version live; the one before it stays warm.
    public Slot promote(VersionName next) {
        if (live.filter(next::equals).isPresent()) {
            return this;
        }
        List<VersionName> before = new ArrayList<>();
        live.ifPresent(before::add);
        previous.stream().filter(each -> !each.equals(next)).forEach(before::add);
        return new Slot(product, kind, Optional.of(next), before.subList(0, Math.min(KEPT, before.size())));
    }

    /// The slot gone back to a warm version; the one left is forgotten, so that going back again goes further
    /// back.
    ///
    /// @throws IllegalArgumentException if the version is not among the previous ones
    public Slot revert(VersionName to) {
        int at = previous.indexOf(to);
        if (at < 0) {
            throw new IllegalArgumentException(to + " is not warm; these are: " + previous);
        }
        return new Slot(product, kind, Optional.of(to), previous.subList(at + 1, previous.size()));
    }

    /// Everything that must be kept loaded: the live version first.
    public List<VersionName> warm() {
        List<VersionName> all = new ArrayList<>();
        live.ifPresent(all::add);
        all.addAll(previous);
        return List.copyOf(all);
    }
}
