package dev.tranche.server.rollouts;

import static dev.tranche.server.rollouts.ExperimentFile.keys;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.DurationText;
import dev.tranche.release.Mode;
import dev.tranche.release.Share;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Approvals;
import dev.tranche.release.rollout.Gate;
import dev.tranche.release.rollout.Guard;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.Stage;
import dev.tranche.release.rollout.Strategy;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;

/// Reads a `rollout.yaml` (or the same as JSON) into a plan. What is not known is refused by name; what a
/// gate, a guard or a plan refuses comes back with the place in the file.
public final class RolloutFile {
    private static final SequencedSet<String> TOP = keys("rollout");
    private static final SequencedSet<String> KEYS = keys(
            "product",
            "candidate",
            "strategy",
            "unit",
            "salt",
            "bucketing",
            "stages",
            "guards",
            "bake",
            "patience",
            "approvals",
            "reason");
    private static final SequencedSet<String> STAGE_KEYS = keys("mode", "share", "entities", "dwell", "gates");
    private static final SequencedSet<String> APPROVAL_KEYS = keys("before", "count");

    /// A plan, and why it is started.
    ///
    /// @param reason what the file says, or empty
    public record Wish(Plan plan, String reason) {}

    private RolloutFile() {}

    /// The wish in the text.
    ///
    /// @param resolve turns the candidate's name into the exact registered one, or refuses
    /// @param kinds the kind of a registered version
    /// @throws Refused `unknown_key`, `missing_key`, `bad_value`, `bad_yaml`
    public static Wish read(
            byte[] text, Function<VersionName, VersionName> resolve, Function<VersionName, VersionKind> kinds) {
        Tree file = Tree.read("rollout.yaml", text);
        Tree tree = file.has("rollout") ? file.onlyKeys(TOP).tree("rollout") : file;
        tree.onlyKeys(KEYS);
        VersionName candidate = resolve.apply(typed(tree, "candidate", VersionName::parse));
        String product = tree.text("product", candidate.product());
        List<Stage> stages = new ArrayList<>();
        for (Tree stage : tree.trees("stages")) {
            stages.add(stage(stage));
        }
        List<Guard> guards = new ArrayList<>();
        for (String guard : tree.texts("guards")) {
            guards.add(placed(tree.where() + ".guards", guard, Guard::parse));
        }
        Strategy strategy = typed(tree, "strategy", Strategy::parse);
        first(strategy, kinds.apply(candidate), stages);
        byEntity(kinds.apply(candidate), stages);
        Plan plan = placed(
                tree.where(),
                candidate.toString(),
                _ -> new Plan(
                        product,
                        candidate,
                        kinds.apply(candidate),
                        strategy,
                        tree.text("unit", "loan_id"),
                        bucketing(tree, product, candidate),
                        stages,
                        guards,
                        duration(tree, "bake", Duration.ZERO),
                        duration(tree, "patience", Plan.PATIENCE),
                        approvals(tree)));
        return new Wish(plan, tree.text("reason", ""));
    }

    private static Stage stage(Tree tree) {
        tree.onlyKeys(STAGE_KEYS);
        Mode mode = typed(tree, "mode", Mode::parse);
        if (tree.has("share") && tree.has("entities")) {
            throw Refused.of(
                    Refused.Kind.MALFORMED, "bad_value", tree.where() + " reaches a share or entities, not both");
        }
        Audience audience = Audience.EVERYONE;
        if (tree.has("share")) {
            audience = new Audience.Units(typed(tree, "share", Share::parse));
        } else if (tree.has("entities")) {
            List<String> names = tree.texts("entities");
            audience = placed(tree.where() + ".entities", String.join(",", names), _ -> Audience.Entities.of(names));
        } else if (mode != Mode.SHADOW) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "missing_key",
                    tree.where() + " needs share (5%) or entities ([BTCUSDT]): whom does it reach?");
        }
        List<Gate> gates = new ArrayList<>();
        for (String gate : tree.texts("gates")) {
            gates.add(placed(tree.where() + ".gates", gate, Gate::parse));
        }
        Audience reached = audience;
        return placed(
                tree.where(),
                mode.toString(),
                _ -> new Stage(mode, reached, duration(tree, "dwell", Duration.ZERO), gates));
    }

    /// A first release has nobody else to answer, so a stage of it reaches everybody or there is none.
    /// Where an engine elsewhere works with it, nobody waits for an answer, and it goes out entity by
    /// entity like any other.
    private static void first(Strategy strategy, VersionKind kind, List<Stage> stages) {
        boolean partly = stages.stream()
                .anyMatch(
                        stage -> stage.mode() != Mode.LIVE || !stage.audience().equals(Audience.EVERYONE));
        if (strategy == Strategy.FIRST && !kind.servedElsewhere() && partly) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "first_reaches_everybody",
                    "nothing is live before a first release, so its stages are live for 100% or left out");
        }
    }

    /// An engine works entity by entity; nothing there falls into a share.
    private static void byEntity(VersionKind kind, List<Stage> stages) {
        for (Stage stage : stages) {
            if ((kind == VersionKind.CALIBRATION || kind == VersionKind.STRATEGY)
                    && stage.audience() instanceof Audience.Units(Share share)
                    && !share.whole()) {
                throw Refused.of(
                        Refused.Kind.RULE,
                        "by_entity",
                        "a " + kind + " goes out by entity: a stage names entities or reaches 100%",
                        share.toString(),
                        "entities: [BTCUSDT], or share: 100%");
            }
        }
    }

    private static Bucketing bucketing(Tree tree, String product, VersionName candidate) {
        String algorithm = tree.text("bucketing", Bucketing.Algorithm.MURMUR3_32.toString());
        boolean salted = algorithm.equals(Bucketing.Algorithm.MURMUR3_32.toString());
        return Bucketing.of(algorithm, tree.text("salt", salted ? product + "-" + candidate : ""));
    }

    private static Approvals approvals(Tree tree) {
        if (!tree.has("approvals")) {
            return Approvals.NONE;
        }
        Tree asked = tree.tree("approvals").onlyKeys(APPROVAL_KEYS);
        Set<Mode> before = EnumSet.noneOf(Mode.class);
        for (String mode : asked.texts("before")) {
            before.add(placed(asked.where() + ".before", mode, Mode::parse));
        }
        long count = asked.optionalNumber("count").orElse(1);
        return new Approvals(before, Math.toIntExact(Math.clamp(count, 0L, 10L)));
    }

    private static Duration duration(Tree tree, String key, Duration otherwise) {
        return tree.has(key) ? typed(tree, key, DurationText::parse) : otherwise;
    }

    private static <T> T typed(Tree tree, String key, Function<String, T> parse) {
        return placed(tree.where() + "." + key, tree.text(key), parse);
    }

    private static <T> T placed(String where, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "bad_value", where + ": " + e.getMessage(), e);
        }
    }
}
