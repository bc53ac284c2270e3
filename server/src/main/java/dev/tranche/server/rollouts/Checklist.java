package dev.tranche.server.rollouts;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Verification;
import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.Verdict;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Answer;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Check;
import dev.tranche.release.rollout.ChecklistPoint;
import dev.tranche.release.rollout.Gate;
import dev.tranche.release.rollout.Guard;
import dev.tranche.server.artifact.CalibrationChecks;
import dev.tranche.server.artifact.CalibrationFile;
import dev.tranche.server.artifact.Registration;
import dev.tranche.server.artifact.StrategyChecks;
import dev.tranche.server.artifact.StrategyFile;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Lease;
import dev.tranche.server.serving.LoadedPolicy;
import dev.tranche.server.serving.LoadedVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The five points of seed 000 §7.2, each really executed before anybody meets the candidate. A point that
/// cannot be executed is broken, and a broken point stops the rollout like a failed one.
final class Checklist {
    /// The deadline where no policy names one (seed 004 §8.6).
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final ControlState state;
    private final Registration registration;
    private final Artifacts artifacts;
    private final Charter charter;
    private final Observation observation;
    private final Instant now;
    private final Map<VersionName, LoadedVersion> loaded = new HashMap<>();
    private final Map<VersionName, Lease> opened = new HashMap<>();

    Checklist(
            ControlState state,
            Registration registration,
            Artifacts artifacts,
            Charter charter,
            Observation observation,
            Instant now) {
        this.state = state;
        this.registration = registration;
        this.artifacts = artifacts;
        this.charter = charter;
        this.observation = observation;
        this.now = now;
    }

    /// Executes all five points. Takes up to a few seconds. What it loads stays in memory until the last
    /// point, so each version is read once.
    List<Check> run() {
        try {
            return Arrays.stream(ChecklistPoint.values()).map(this::check).toList();
        } finally {
            loaded.values().forEach(LoadedVersion::close);
            opened.values().forEach(Lease::close);
        }
    }

    private Check check(ChecklistPoint point) {
        Supplier<Verdict> question = switch (point) {
            case VERSION_LABEL -> this::label;
            case COMPATIBILITY -> this::compatibility;
            case BENCHMARK -> this::benchmark;
            case ROLLBACK_REHEARSAL -> this::rehearsal;
            case MONITORING -> this::monitoring;
        };
        try {
            return new Check(point, question.get());
        } catch (RuntimeException e) {
            return new Check(point, Verdict.broken(e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private VersionName candidate() {
        return charter.plan().candidate();
    }

    private VersionRecord version(VersionName name) {
        VersionRecord version = state.versions().get(name);
        if (version == null) {
            throw new IllegalStateException(name + " is not registered");
        }
        return version;
    }

    private Verdict label() {
        VersionRecord version = version(candidate());
        if (state.registry().release(candidate()) instanceof Answer.Refused(String code, String reason)) {
            return Verdict.fail(code + ": " + reason);
        }
        int files = registration.files(version).size();
        boolean minors = state.versions().values().stream()
                .filter(other -> other.name().sameMajor(candidate()))
                .allMatch(other -> other.signature().equals(version.signature()));
        return minors
                ? Verdict.pass(candidate() + " is " + version.digest() + ": " + files
                        + " files with the digests they were registered with; all minors of its major agree")
                : Verdict.fail("versions of the same major disagree on features, output or label");
    }

    private Verdict compatibility() {
        return switch (charter.plan().kind()) {
            case MODEL -> {
                Artifact artifact = artifact(candidate());
                if (opened(candidate()).verification() instanceof Verification.Differs differs) {
                    yield Verdict.fail("golden row " + differs.row() + ": " + differs.what() + " is " + differs.actual()
                            + " here, the trainer saw " + differs.expected());
                }
                Optional<Policy> policy = livePolicy();
                yield fits(policy, Optional.of(artifact))
                        .map(gap -> Verdict.fail("with the live policy: " + gap))
                        .orElseGet(() -> Verdict.pass(artifact.identity().format() + " is read, "
                                + artifact.goldenRows().size() + " golden rows reproduce on this machine"
                                + policy.map(live -> ", " + live.name() + " covers its features")
                                        .orElse(", no policy is live")));
            }
            case POLICY -> {
                Policy policy = policy(candidate());
                Optional<VersionName> live = state.live(charter.plan().product(), VersionKind.MODEL);
                yield fits(Optional.of(policy), live.map(this::artifact))
                        .map(gap -> Verdict.fail("with the live model: " + gap))
                        .orElseGet(() -> Verdict.pass("the policy is read"
                                + live.map(model -> " and covers the features of " + model)
                                        .orElse(", no model is live")));
            }
            case CALIBRATION -> calibration();
            case STRATEGY -> strategy();
            case PARAMETERS ->
                Verdict.pass(registration.files(version(candidate())).size() + " files are read, values: "
                        + String.join(", ", version(candidate()).signature().features()));
        };
    }

    private Verdict strategy() {
        StrategyFile file = StrategyFile.read(
                registration.files(version(candidate())).getOrDefault(StrategyFile.FILE, new byte[0]));
        return StrategyChecks.refusal(
                        candidate().toString(), file, charter.plan().stages())
                .map(refused -> Verdict.fail(refused.code() + ": " + refused.getMessage()))
                .orElseGet(() -> Verdict.pass(file.model() + " on " + String.join(", ", file.quotes()) + " of "
                        + String.join(", ", file.venues())
                        + file.spreadProduct()
                                .map(product -> ", spread by " + product)
                                .orElse(", spread by its theory")));
    }

    private Verdict calibration() {
        CalibrationFile file = CalibrationFile.read(
                registration.files(version(candidate())).getOrDefault(CalibrationFile.FILE, new byte[0]));
        return CalibrationChecks.refusal(candidate().toString(), file, Moves.entities(charter.plan()), now)
                .map(refused -> Verdict.fail(refused.code() + ": " + refused.getMessage()))
                .orElseGet(() ->
                        Verdict.pass("acceptance is met at " + file.horizons().keySet() + " bars; made with "
                                + file.detector() + " for " + String.join(", ", file.symbols()) + ", valid until "
                                + file.made().plus(file.valid())));
    }

    private static Optional<String> fits(Optional<Policy> policy, Optional<Artifact> artifact) {
        return policy.flatMap(rules -> artifact.flatMap(model -> Registration.gap(rules, model)));
    }

    private Verdict benchmark() {
        Optional<VersionName> model = switch (charter.plan().kind()) {
            case MODEL -> Optional.of(candidate());
            case POLICY -> state.live(charter.plan().product(), VersionKind.MODEL);
            case PARAMETERS, STRATEGY, CALIBRATION -> Optional.empty();
        };
        if (model.isEmpty()) {
            long begun = System.nanoTime();
            registration.files(version(candidate()));
            return Verdict.pass(String.format(
                    Locale.ROOT,
                    "nothing is computed per request; read and checked in %.1f ms",
                    (System.nanoTime() - begun) / 1e6));
        }
        Optional<Policy> policy =
                charter.plan().kind() == VersionKind.POLICY ? Optional.of(policy(candidate())) : livePolicy();
        Duration deadline = policy.map(Policy::deadline).orElse(DEADLINE);
        Benchmark.Latency latency = Benchmark.measure(artifact(model.get()), policy.orElse(null), artifacts.pace());
        String said = String.format(
                Locale.ROOT,
                "%d answers on golden rows: p50 %.0f µs, p95 %.0f µs, p99 %.0f µs; the deadline is %d ms",
                latency.rows(),
                latency.p50(),
                latency.p95(),
                latency.p99(),
                deadline.toMillis());
        TreeMap<String, Double> numbers = new TreeMap<>();
        numbers.put("p50_us", latency.p50());
        numbers.put("p95_us", latency.p95());
        numbers.put("p99_us", latency.p99());
        numbers.put("deadline_ms", (double) deadline.toMillis());
        return latency.p99() < deadline.toNanos() / 1e3
                ? new Verdict.Pass(said, numbers)
                : new Verdict.Fail(said, numbers);
    }

    private Verdict rehearsal() {
        Optional<VersionName> previous = charter.live();
        if (previous.isEmpty()) {
            return Verdict.pass("nothing was live before: going back takes the candidate away and answers nobody");
        }
        return switch (charter.plan().kind()) {
            case MODEL -> {
                Optional<LoadedPolicy> policy = state.live(charter.plan().product(), VersionKind.POLICY)
                        .map(name -> artifacts.loadPolicy(name, version(name).digest()));
                yield rehearsed(
                        new Rehearsal.Side(model(previous.get()), policy.orElse(null)),
                        new Rehearsal.Side(model(candidate()), policy.orElse(null)));
            }
            case POLICY -> {
                Optional<VersionName> model = state.live(charter.plan().product(), VersionKind.MODEL);
                if (model.isEmpty()) {
                    yield Verdict.pass("no model is live, so no request meets either policy");
                }
                LoadedVersion live = model(model.get());
                yield rehearsed(
                        new Rehearsal.Side(
                                live,
                                artifacts.loadPolicy(
                                        previous.get(), version(previous.get()).digest())),
                        new Rehearsal.Side(
                                live,
                                artifacts.loadPolicy(
                                        candidate(), version(candidate()).digest())));
            }
            case PARAMETERS, STRATEGY, CALIBRATION -> {
                long begun = System.nanoTime();
                int files = registration.files(version(previous.get())).size();
                yield Verdict.pass(String.format(
                        Locale.ROOT,
                        "%s is read back whole (%d files) in %.1f ms",
                        previous.get(),
                        files,
                        (System.nanoTime() - begun) / 1e6));
            }
        };
    }

    private Verdict rehearsed(Rehearsal.Side live, Rehearsal.Side candidate) {
        Rehearsal.Outcome outcome = new Rehearsal(artifacts.pace()).rehearse(live, candidate);
        return outcome.wrong()
                .map(Verdict::fail)
                .orElseGet(() -> Verdict.pass(String.format(
                        Locale.ROOT,
                        "went to the candidate and back on an offline route; the swap back took %.1f µs and %s answered"
                                + " its %d golden rows as before",
                        outcome.back() / 1e3,
                        live.model().name(),
                        live.model().artifact().goldenRows().size())));
    }

    private Verdict monitoring() {
        Set<Metric> named = EnumSet.noneOf(Metric.class);
        charter.plan()
                .stages()
                .forEach(stage -> stage.gates().forEach(gate -> metric(gate).ifPresent(named::add)));
        charter.plan().guards().stream().map(Guard::metric).forEach(named::add);
        List<String> wrong = new ArrayList<>();
        for (Metric metric : named) {
            // The age of data, and a level that an engine tells, need the candidate at work, which it is not
            // yet: what they are measured by must work.
            boolean level = charter.plan().kind().servedElsewhere() && metric.form() == Metric.Form.GAUGE;
            Metric asked = metric == Metric.DATA_AGE || level ? Metric.REQUESTS : metric;
            Reading reading = observation
                    .reading(asked, Subject.CANDIDATE, new Horizon.Trailing(Duration.ofMinutes(1)))
                    .fresh(now);
            if (reading instanceof Reading.Unavailable(String reason)) {
                wrong.add(metric + ": " + reason);
            }
        }
        if (!wrong.isEmpty()) {
            return Verdict.fail("not measurable: " + String.join("; ", wrong));
        }
        return Verdict.pass(
                named.isEmpty()
                        ? "the plan watches nothing, so nothing has to be measured"
                        : named.size() + " metrics are measured and fresh: " + named);
    }

    private static Optional<Metric> metric(Gate gate) {
        return switch (gate) {
            case Gate.Approval _ -> Optional.empty();
            case Gate.Minimum minimum -> Optional.of(minimum.metric());
            case Gate.Limit limit -> Optional.of(limit.metric());
            case Gate.Within within -> Optional.of(within.metric());
            case Gate.NoWorse noWorse -> Optional.of(noWorse.metric());
            case Gate.Between between -> Optional.of(between.metric());
        };
    }

    private Artifact artifact(VersionName name) {
        return opened(name).artifact();
    }

    private Lease opened(VersionName name) {
        return opened.computeIfAbsent(
                name,
                each -> artifacts
                        .lease(version(each).digest())
                        .orElseThrow(() -> new IllegalStateException("the files of " + each + " are gone")));
    }

    private LoadedVersion model(VersionName name) {
        return loaded.computeIfAbsent(
                name, each -> artifacts.load(each, version(each).digest()));
    }

    private Policy policy(VersionName name) {
        return artifacts.loadPolicy(name, version(name).digest()).policy();
    }

    private Optional<Policy> livePolicy() {
        return state.live(charter.plan().product(), VersionKind.POLICY).map(this::policy);
    }
}
