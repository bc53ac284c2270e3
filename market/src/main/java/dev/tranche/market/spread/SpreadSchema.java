package dev.tranche.market.spread;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.OutputKind;
import java.util.List;

/// What makes an artifact a model of a spread.
public final class SpreadSchema {
    /// The name of its label: the spread, bid to ask, in basis points of the mid.
    public static final String LABEL = "spread_bps";

    private SpreadSchema() {}

    /// For each input of the model its place among [SpreadFeature].
    ///
    /// @throws IllegalArgumentException when the artifact is no model of a spread; the message says why
    public static int[] places(Artifact artifact) {
        String name = artifact.identity().name();
        if (artifact.identity().output() != OutputKind.VALUE
                || !artifact.identity().label().name().equals(LABEL)) {
            throw new IllegalArgumentException("a spread model answers a value named " + LABEL + ": " + name
                    + " answers a " + artifact.identity().output() + " named "
                    + artifact.identity().label().name());
        }
        List<String> inputs = artifact.model().inputNames();
        List<String> names =
                artifact.schema().features().stream().map(Feature::name).toList();
        if (!inputs.equals(names)) {
            throw new IllegalArgumentException(
                    "a spread model takes its features as they are: " + name + " makes " + inputs + " of " + names);
        }
        int[] places = new int[inputs.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = SpreadFeature.names().indexOf(inputs.get(i));
            FeatureType type = artifact.schema().feature(i).type();
            if (places[i] < 0 || type != FeatureType.NUMBER) {
                throw new IllegalArgumentException("a spread model's features must be numbers among "
                        + SpreadFeature.names() + ": " + name + " asks for " + inputs.get(i) + ", a " + type);
            }
        }
        return places;
    }
}
