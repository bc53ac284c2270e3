package dev.tranche.server.http;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Check;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Registration;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.ControlState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The doors of versions, and seed 000's doors of models.
public final class VersionDoors {
    /// The largest zip taken; a model of a few thousand trees packs to a few MiB.
    private static final long ZIP_LIMIT = 128L << 20;

    private final ControlPlane plane;

    private VersionDoors(ControlPlane plane) {
        this.plane = plane;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane) {
        VersionDoors versions = new VersionDoors(plane);
        doors.post("/api/v1/versions", Role.OPERATE, ZIP_LIMIT, versions::register);
        doors.get("/api/v1/versions", Role.VIEW, versions::list);
        doors.get("/api/v1/versions/{name}", Role.VIEW, call -> Reply.json(versions.whole(call.segment("name"))));
        doors.get("/api/v1/versions/{name}/files/{file}", Role.VIEW, versions::file);
        doors.get("/models", Role.VIEW, versions::models);
        doors.get("/model/{id}", Role.VIEW, call -> Reply.json(versions.model(versions.find(call.segment("id")))));
        doors.delete("/model/{id}", Role.OPERATE, versions::delete);
    }

    private Reply register(Call call) {
        Registration.Outcome outcome = plane.registration()
                .register(
                        call.body().bytes(),
                        call.parameter("name"),
                        call.caller().name());
        return Reply.json(outcome.created() ? 201 : 200, view(outcome.version(), true));
    }

    private Reply list(Call call) {
        ControlState state = plane.state();
        List<Map<String, Object>> versions = state.versions().values().stream()
                .filter(version -> call.parameter("product")
                        .filter(product -> !product.equals(version.name().product()))
                        .isEmpty())
                .filter(version -> !state.deleted().contains(version.name()))
                .map(version -> view(version, false))
                .toList();
        return Reply.json(Map.of("versions", versions));
    }

    /// One file, as it was kept, with its digest.
    private Reply file(Call call) {
        VersionRecord version = find(call.segment("name"));
        String file = call.segment("file");
        String digest = version.files().get(file);
        if (digest == null) {
            throw Refused.of(
                    Refused.Kind.UNKNOWN,
                    "unknown_file",
                    version.name() + " has no such file",
                    file,
                    String.join(", ", version.files().keySet()));
        }
        byte[] bytes = plane.registration().files(version).getOrDefault(file, new byte[0]);
        return Reply.bytes("application/octet-stream", bytes).with("etag", "\"" + digest + "\"");
    }

    private Map<String, Object> whole(String name) {
        return view(find(name), true);
    }

    private Reply models(Call call) {
        ControlState state = plane.state();
        List<Map<String, Object>> models = state.versions().values().stream()
                .filter(version -> version.kind() == VersionKind.MODEL)
                .filter(version -> !state.deleted().contains(version.name()))
                .map(this::model)
                .toList();
        return Reply.json(Map.of("models", models));
    }

    private Reply delete(Call call) {
        VersionRecord version = find(call.segment("id"));
        plane.delete(
                version.name(),
                call.caller().name(),
                call.parameter("reason").orElse("deleted by " + call.caller().name()));
        return Reply.json(model(version));
    }

    private VersionRecord find(String text) {
        VersionName name = VersionName.parse(text);
        return plane.state()
                .resolve(name)
                .orElseThrow(() -> Refused.of(
                        Refused.Kind.UNKNOWN,
                        "unknown_model",
                        "no version is registered under this name",
                        text,
                        "a registered version, see GET /models"));
    }

    /// As seed 000 shows a model.
    private Map<String, Object> model(VersionRecord version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", version.name().toString());
        tree.put("model_version", version.name().semantic());
        tree.put("product", version.name().product());
        tree.put("state", plane.state().life(version).name());
        tree.put("digest", version.digest().hex());
        tree.put("features", version.signature().features());
        tree.put("output", version.signature().output());
        tree.put("label", version.signature().label());
        tree.put("registered_at", version.at().toString());
        tree.put("registered_by", version.by());
        return tree;
    }

    private Map<String, Object> view(VersionRecord version, boolean whole) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", version.name().toString());
        tree.put("kind", version.kind().name());
        tree.put("product", version.name().product());
        tree.put("digest", version.digest().hex());
        tree.put("state", plane.state().life(version).name());
        tree.put("registered_at", version.at().toString());
        tree.put("registered_by", version.by());
        if (whole) {
            tree.put("files", version.files());
            tree.put(
                    "signature",
                    Map.of(
                            "features",
                            version.signature().features(),
                            "output",
                            version.signature().output(),
                            "label",
                            version.signature().label()));
            tree.put("checks", version.checks().stream().map(Check::toTree).toList());
        }
        return tree;
    }
}
