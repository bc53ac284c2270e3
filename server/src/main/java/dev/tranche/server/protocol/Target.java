package dev.tranche.server.protocol;

import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import dev.tranche.release.VersionName;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a model name and a version of a request mean on this node now.
///
/// @param name the model as it was asked for
/// @param route the route of its product; of its own for a version that is only held
/// @param pinned the exact version asked for by name, null when the route decides
/// @param held true for a version that is loaded and on no route
public record Target(String name, Route route, @Nullable VersionName pinned, boolean held) {

    /// The version that the inputs are described by: the one asked for, else the one in force.
    public LoadedVersion principal() {
        return pinned == null ? route.live() : route.find(pinned).orElseGet(route::live);
    }

    /// The type of a feature: as the principal version has it, else as any version on the route has it.
    Optional<FeatureType> type(String feature) {
        Optional<FeatureType> own = type(principal().artifact().schema(), feature);
        if (own.isPresent()) {
            return own;
        }
        return route.models().stream()
                .map(model -> type(model.artifact().schema(), feature))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<FeatureType> type(Schema schema, String feature) {
        int position = schema.position(feature);
        return position < 0
                ? Optional.empty()
                : Optional.of(schema.feature(position).type());
    }

    /// True when every feature of the principal version is a number, so that one tensor may carry them all.
    boolean dense() {
        return principal().artifact().schema().features().stream()
                .map(Feature::type)
                .allMatch(FeatureType.NUMBER::equals);
    }

    /// True when decisions are made of scores here.
    boolean decides() {
        return route.policy() != null;
    }
}
