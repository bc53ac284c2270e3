package dev.tranche.market.spread;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.RowRefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes an artifact a model of a spread: it answers one value named [#LABEL], each of its inputs is a
/// number of [SpreadFeature] as its schema declares it, nothing transforms them, and the range of
/// [SpreadFeature#SAMPLE_MILLIS] in its schema says for which samples it was made.
public final class SpreadSchema {
    /// The name of its label: the spread, bid to ask, in basis points of the mid.
    public static final String LABEL = "spread_bps";

    /// Parts of a feature's range at which a transform would show.
    private static final double[] PROBES = {0.001, 0.37, 0.61, 0.999};

    private SpreadSchema() {}

    /// For each input of the model its place among [SpreadFeature].
    ///
    /// @throws IllegalArgumentException when the artifact is no model of a spread; the message says why
    public static int[] places(Artifact artifact) {
        String name = artifact.identity().name();
        String label = artifact.identity().label().name();
        if (artifact.identity().output() != OutputKind.VALUE || !label.equals(LABEL)) {
            throw new IllegalArgumentException("a spread model answers a value named " + LABEL + ": " + name
                    + " answers a " + artifact.identity().output() + " named " + label);
        }
        if (artifact.model().outputs() != 1) {
            throw new IllegalArgumentException("a spread model answers 1 number: " + name + " answers "
                    + artifact.model().outputs());
        }
        List<String> inputs = artifact.model().inputNames();
        int[] places = new int[inputs.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = SpreadFeature.names().indexOf(inputs.get(i));
            int position = artifact.schema().position(inputs.get(i));
            if (places[i] < 0
                    || position < 0
                    || artifact.schema().feature(position).type() != FeatureType.NUMBER) {
                throw new IllegalArgumentException("a spread model's inputs must be numbers of its schema, among "
                        + SpreadFeature.names() + ": " + name + " asks for " + inputs.get(i));
            }
        }
        if (artifact.schema().position(SpreadFeature.SAMPLE_MILLIS.toString()) < 0) {
            throw new IllegalArgumentException("the schema of a spread model must say by the range of "
                    + SpreadFeature.SAMPLE_MILLIS + " for which samples it was made: " + name + " does not");
        }
        for (double probe : PROBES) {
            untransformed(artifact, probe);
        }
        return places;
    }

    /// Whether a spread model was made for samples of this length.
    ///
    /// @param sampleMillis in milliseconds
    public static boolean clocked(Artifact artifact, int sampleMillis) {
        return clock(artifact).contains(sampleMillis);
    }

    /// The lengths of a sample, in milliseconds, that a spread model was made for.
    static Feature.Range clock(Artifact artifact) {
        int position = artifact.schema().position(SpreadFeature.SAMPLE_MILLIS.toString());
        return artifact.schema().feature(position).range();
    }

    /// The range that the schema allows an input.
    static Feature.Range range(Artifact artifact, int input) {
        int position = artifact.schema().position(artifact.model().inputNames().get(input));
        return artifact.schema().feature(position).range();
    }

    private static void untransformed(Artifact artifact, double part) {
        FeatureRow row = artifact.schema().row();
        List<Feature> features = artifact.schema().features();
        for (int position = 0; position < features.size(); position++) {
            if (features.get(position).type() == FeatureType.NUMBER) {
                row.number(position, probe(features.get(position).range(), position, part));
            }
        }
        double[] vector;
        try {
            vector = artifact.vector(row);
        } catch (RowRefusedException refused) {
            throw transformed(artifact, refused);
        }
        List<String> inputs = artifact.model().inputNames();
        for (int i = 0; i < vector.length; i++) {
            int position = artifact.schema().position(inputs.get(i));
            if (vector[i] != probe(range(artifact, i), position, part)) {
                throw transformed(artifact, null);
            }
        }
    }

    /// A number inside the range, another for each position.
    private static double probe(Feature.Range range, int position, double part) {
        double low = Math.max(range.low(), -1e6);
        double high = Math.max(low, Math.min(range.high(), 1e6));
        return low + (high - low) * (part + (part > 0.5 ? -1e-4 : 1e-4) * position);
    }

    private static IllegalArgumentException transformed(Artifact artifact, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "a spread model takes its features as they are: "
                        + artifact.identity().name() + " transforms them",
                cause);
    }
}
