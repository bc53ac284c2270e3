package dev.tranche.server.artifact;

import dev.tranche.credit.Policy;
import dev.tranche.credit.PolicyException;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explanation;
import dev.tranche.inference.Verification;
import dev.tranche.release.Digest;
import dev.tranche.release.Verdict;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.registry.Answer;
import dev.tranche.release.registry.Signature;
import dev.tranche.release.registry.VersionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The questions a version must answer before it is recorded, asked one by one; the first that fails refuses
/// it.
final class Checks {
    /// What the checks found.
    record Result(List<Check> checks, VersionState state, Signature signature) {}

    private final Folder folder;
    private final Catalogue catalogue;
    private final Function<VersionRecord, Artifact> artifacts;
    private final List<Check> checks = new ArrayList<>();

    private Checks(Folder folder, Catalogue catalogue, Function<VersionRecord, Artifact> artifacts) {
        this.folder = folder;
        this.catalogue = catalogue;
        this.artifacts = artifacts;
    }

    /// @throws Refused with the checks made so far
    static Result ask(Folder folder, Catalogue catalogue, Function<VersionRecord, Artifact> artifacts) {
        Checks checks = new Checks(folder, catalogue, artifacts);
        checks.name();
        Result result = switch (folder.kind()) {
            case MODEL -> checks.model();
            case POLICY -> checks.policy();
            case PARAMETERS -> checks.values();
            case STRATEGY -> checks.strategy();
            case CALIBRATION -> checks.calibration();
        };
        return result;
    }

    private void add(String code, Check check) {
        checks.add(check);
        if (check.verdict() instanceof Verdict.Fail) {
            throw Refused.after(checks, code, check);
        }
    }

    private void name() {
        boolean policy = folder.kind() == VersionKind.POLICY;
        boolean agrees = policy == folder.name().type().equals("policy");
        add(
                "name",
                agrees
                        ? Check.pass(
                                "name",
                                folder.name() + " is a " + folder.kind() + " of the product "
                                        + folder.name().product())
                        : Check.fail(
                                "name",
                                "the type 'policy' in a name belongs to policies and only to them: " + folder.name()
                                        + " is a " + folder.kind()));
    }

    private Result model() {
        Artifact artifact;
        try {
            artifact = Formats.open(folder.files());
        } catch (ArtifactException e) {
            add(e.code(), Check.fail("parses", String.valueOf(e.getMessage())));
            throw e;
        }
        try (artifact) {
            return model(artifact);
        }
    }

    private Result model(Artifact artifact) {
        add("parses", Check.pass("parses", parsed(artifact)));
        add("schema", Check.pass("schema", schema(artifact)));
        Verification verification = artifact.verify();
        add("golden_rows", golden(verification, artifact.model().tolerance()));
        if (!folder.example().isEmpty()) {
            add("smoke_test", smoke(artifact));
        }
        digests();
        boolean verified = verification instanceof Verification.Reproduced;
        return result(Promise.of(artifact), verified ? VersionState.VALIDATED : VersionState.REGISTERED);
    }

    private String parsed(Artifact artifact) {
        String model = artifact.identity().format() + " with "
                + artifact.model().trees() + " trees and " + artifact.model().outputs() + " outputs"
                + (artifact.model().about().isEmpty()
                        ? ""
                        : " (" + artifact.model().about() + ")");
        return folder.notes().isEmpty() ? model : model + "; " + String.join("; ", folder.notes());
    }

    private static String schema(Artifact artifact) {
        return artifact.schema().size() + " features give the model's "
                + artifact.model().inputNames().size() + " inputs; output "
                + artifact.identity().output();
    }

    private static Check golden(Verification verification, double tolerance) {
        return switch (verification) {
            case Verification.Reproduced(int rows) ->
                Check.pass(
                        "golden_rows",
                        rows + " rows reproduce, margins " + (tolerance == 0 ? "bit for bit" : "within " + tolerance));
            case Verification.Differs(int row, String what, String expected, String actual) ->
                Check.fail(
                        "golden_rows",
                        "samples.jsonl line " + row + ": " + what + " is " + actual + ", the trainer saw " + expected);
            case Verification.Absent() ->
                Check.await(
                        "golden_rows",
                        "no samples.jsonl: nothing is known, so the version stays REGISTERED and cannot be released");
        };
    }

    private Check smoke(Artifact artifact) {
        List<String> scores = new ArrayList<>();
        for (List<@Nullable Double> row : folder.example()) {
            double[] vector = row.stream()
                    .mapToDouble(cell -> cell == null ? Double.NaN : cell)
                    .toArray();
            double[] outputs = artifact.model().predict(vector, Deadline.NONE).outputs();
            if (!Arrays.stream(outputs).allMatch(Double::isFinite)) {
                return Check.fail("smoke_test", "a row of the input example gives " + Arrays.toString(outputs));
            }
            scores.add(Arrays.toString(outputs));
        }
        return Check.pass(
                "smoke_test", scores.size() + " rows of the input example answer, the first with " + scores.getFirst());
    }

    private void digests() {
        add(
                "digests",
                Check.pass(
                        "digests",
                        folder.files().size() + " files, "
                                + Artifact.digest(folder.files()).substring(0, 12) + "…"));
    }

    /// Asks the registry whether this version may stand beside the others of its major.
    private Result result(Signature signature, VersionState state) {
        Version version = new Version(folder.name(), folder.kind(), Digest.parse(Artifact.digest(folder.files())));
        Answer answer =
                catalogue.registry().register(version, signature, folder.name().product());
        Check check = switch (answer) {
            case Answer.Accepted _, Answer.Unchanged _ ->
                Check.pass("minor_compatible", "features, output and label are those of its major");
            case Answer.Refused(String code, String reason) ->
                Check.fail("minor_compatible", reason + elder(signature).orElse(""));
        };
        add(answer instanceof Answer.Refused(String code, String _) ? code : "minor_compatible", check);
        return new Result(List.copyOf(checks), state, signature);
    }

    private Optional<String> elder(Signature signature) {
        return catalogue.ofProduct(folder.name().product()).stream()
                .filter(other -> other.name().sameMajor(folder.name()))
                .filter(other -> !other.signature().equals(signature))
                .findFirst()
                .map(other -> " (" + Promise.difference(other.signature(), signature) + ")");
    }

    private Result policy() {
        Policy policy;
        try {
            policy = Policy.read(folder.files().getOrDefault("policy.yaml", new byte[0]));
        } catch (PolicyException e) {
            add(e.code(), Check.fail("parses", String.valueOf(e.getMessage())));
            throw e;
        }
        add("parses", Check.pass("parses", policy.bands().size() + " bands, deadline " + policy.deadline()));
        digests();
        add("reason_coverage", coverage(policy));
        return result(new Signature(List.of(), "policy", ""), VersionState.VALIDATED);
    }

    /// Against every registered model of the product: one must be covered, the others are told.
    private Check coverage(Policy policy) {
        List<VersionRecord> models = catalogue.ofProduct(folder.name().product()).stream()
                .filter(other -> other.kind() == VersionKind.MODEL)
                .sorted(Comparator.comparing(VersionRecord::name))
                .toList()
                .reversed();
        if (models.isEmpty()) {
            return Check.await("reason_coverage", "no model of the product yet; asked again before a rollout");
        }
        List<String> gaps = new ArrayList<>();
        for (VersionRecord model : models) {
            Optional<String> gap;
            try (Artifact artifact = artifacts.apply(model)) {
                gap = gap(policy, artifact);
            }
            if (gap.isEmpty()) {
                return Check.pass("reason_coverage", "every feature of " + model.name() + " has a reason code");
            }
            gaps.add(model.name() + ": " + gap.get());
        }
        return Check.fail("reason_coverage", "no model of the product fits: " + String.join("; ", gaps));
    }

    /// Why this policy and this model cannot share a route, or empty.
    static Optional<String> gap(Policy policy, Artifact artifact) {
        Explanation explanation;
        try {
            explanation = artifact.explanation();
        } catch (ArtifactException unexplained) {
            return Optional.of("no reasons can be given: " + unexplained.getMessage());
        }
        List<String> gaps = new ArrayList<>(policy.mismatches(artifact.schema(), explanation));
        List<String> uncovered = policy.coverage(artifact.schema(), explanation);
        if (!uncovered.isEmpty()) {
            gaps.add("features without a reason code: " + String.join(", ", uncovered));
        }
        gaps.addAll(policy.objections(explanation));
        return gaps.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", gaps));
    }

    /// A calibration whose acceptance is not met is taken in, shown, and never released.
    private Result calibration() {
        CalibrationFile file = CalibrationFile.read(folder.files().getOrDefault(CalibrationFile.FILE, new byte[0]));
        add(
                "parses",
                Check.pass("parses", file.detector() + " at " + file.horizons().keySet() + " bars"));
        CalibrationChecks.whole(file).forEach(check -> add(check.name(), check));
        digests();
        Check acceptance = CalibrationChecks.acceptance(file);
        checks.add(acceptance);
        return result(
                new Signature(List.copyOf(file.parameters().keySet()), "calibration of " + file.detector(), ""),
                acceptance.passed() ? VersionState.VALIDATED : VersionState.REGISTERED);
    }

    /// Within a major a strategy keeps its contracts and its theory.
    private Result strategy() {
        StrategyFile file = StrategyFile.read(folder.files().getOrDefault(StrategyFile.FILE, new byte[0]));
        add("parses", Check.pass("parses", file.model() + " on " + String.join(", ", file.venues())));
        StrategyChecks.whole(file).forEach(check -> add(check.name(), check));
        digests();
        checks.add(StrategyChecks.spread(file, catalogue));
        return result(
                new Signature(List.copyOf(file.quotes()), "strategy " + file.model(), ""), VersionState.VALIDATED);
    }

    private Result values() {
        String file = folder.kind() + ".yaml";
        Tree top = Tree.read(file, folder.files().getOrDefault(file, new byte[0]));
        Tree inner = top.has(folder.kind().toString()) ? top.tree(folder.kind().toString()) : top;
        Map<String, @Nullable Object> values =
                inner.has("values") ? inner.tree("values").map() : Map.of();
        add(
                "parses",
                values.isEmpty()
                        ? Check.fail("parses", file + " must have values: a mapping with at least one entry")
                        : Check.pass("parses", values.size() + " values"));
        digests();
        return result(
                new Signature(List.copyOf(values.keySet()), folder.kind().toString(), ""), VersionState.VALIDATED);
    }
}
