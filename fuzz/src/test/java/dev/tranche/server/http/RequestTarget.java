package dev.tranche.server.http;

import dev.tranche.fuzz.Examples;
import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The bodies of `POST /score` and `POST /predict`.
public final class RequestTarget {
    private static final String NAME = "consumer_apply_scorecard_v1.0";
    private static final RouteTable ROUTES = RouteTable.create();

    private RequestTarget() {}

    /// Called by the fuzzer once.
    public static void fuzzerInitialize() {
        Map<String, byte[]> folder = Examples.folder(NAME);
        Digest digest = new Digest(Artifact.digest(folder));
        Artifacts artifacts = Artifacts.of(_ -> Optional.of(folder));
        ROUTES.swap(Route.of(
                "consumer_apply", 1, artifacts.load(VersionName.parse(NAME), digest), null, null, null, List.of()));
    }

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            RequestReader.read(ROUTES, bytes, bytes.length);
        } catch (ProblemException | JacksonException | IllegalArgumentException refused) {
            // Problems.of answers each of these with status 400 and the reason.
            return;
        }
    }
}
