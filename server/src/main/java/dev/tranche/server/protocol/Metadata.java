package dev.tranche.server.protocol;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureType;
import dev.tranche.server.serving.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the server and its models say of themselves.
public final class Metadata {
    /// The name of this server.
    public static final String SERVER = "tranche";

    /// The extensions spoken here, by the names their documents give them.
    public static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "model_repository",
            "model_repository(unload_dependents)",
            "statistics",
            "schedule_policy",
            "parameters");

    private Metadata() {}

    /// The version of this server.
    public static String version() {
        String version = Metadata.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    /// A tensor as it is described.
    ///
    /// @param name its name
    /// @param datatype its datatype
    /// @param shape its dimensions; -1 varies
    public record Described(String name, Datatype datatype, List<Long> shape) {}

    /// A model as it is described.
    ///
    /// @param name the model as it was asked for
    /// @param versions what can be asked under this name, the version in force first
    /// @param platform `tranche_` and the format of the file
    /// @param inputs a tensor for each feature
    /// @param outputs what an answer holds
    /// @param properties what else is worth knowing
    public record Model(
            String name,
            List<String> versions,
            String platform,
            List<Described> inputs,
            List<Described> outputs,
            Map<String, String> properties) {}

    /// Describes a model.
    static Model of(Target target, List<String> versions) {
        Artifact artifact = target.principal().artifact();
        List<Described> inputs = new ArrayList<>();
        for (Feature feature : artifact.schema().features()) {
            inputs.add(new Described(feature.name(), datatype(feature.type()), List.of(-1L)));
        }
        Map<String, String> properties = new TreeMap<>();
        properties.put("product", target.route().product());
        properties.put("described_version", target.principal().toString());
        properties.put("digest", target.principal().stamp().digest());
        properties.put(
                "optional_inputs",
                String.join(",", Rows.IDENTIFIERS.stream().sorted().toList()));
        if (target.route().policy() != null) {
            properties.put("policy", target.route().policy().stamp().name());
        }
        if (target.dense()) {
            properties.put("dense_input", "[-1," + artifact.schema().size() + "] of numbers, in the order of inputs");
        }
        return new Model(
                target.name(),
                versions,
                "tranche_" + artifact.identity().format(),
                inputs,
                Outputs.described(target.route()),
                properties);
    }

    private static Datatype datatype(FeatureType type) {
        return switch (type) {
            case NUMBER -> Datatype.FP64;
            case BOOLEAN -> Datatype.BOOL;
            case CATEGORY, TEXT, DATE, EVENTS -> Datatype.BYTES;
        };
    }

    /// The width of the widest prediction on a route, at least 1.
    static int widest(Route route) {
        return route.models().stream()
                .mapToInt(model -> model.artifact().model().outputs())
                .max()
                .orElse(1);
    }

    /// The width of the widest margin on a route, at least 1.
    static int widestMargin(Route route) {
        return route.models().stream()
                .mapToInt(model -> model.artifact().model().margins())
                .max()
                .orElse(1);
    }
}
