package dev.tranche.credit;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Explanation;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a product does with a score: bands, actions, reasons, hard rules, and the rules that answer when no
/// model does. A policy is a version of its own, registered, rolled out and recorded in each decision like a
/// model.
///
/// ```java
/// Policy policy = Policy.read(canonicalJson);
/// CreditDecision decision = policy.decide(schema, row, 0.37, () -> artifact.explain(row));
/// ```
///
/// Immutable and safe for any number of threads.
public final class Policy {

    private final String name;
    private final Duration deadline;
    private final String unit;
    private final List<Ranking> rankings;
    private final ReasonMap reasons;
    private final List<HardRule> hardRules;
    private final List<FallbackRule> fallbackRules;

    /// A band with its action.
    record Ranking(Band band, Action action) {}

    Policy(
            String name,
            Duration deadline,
            String unit,
            List<Ranking> rankings,
            ReasonMap reasons,
            List<HardRule> hardRules,
            List<FallbackRule> fallbackRules) {
        this.name = name;
        this.deadline = deadline;
        this.unit = unit;
        this.rankings = List.copyOf(rankings);
        this.reasons = reasons;
        this.hardRules = List.copyOf(hardRules);
        this.fallbackRules = List.copyOf(fallbackRules);
    }

    /// Reads a registered policy.
    ///
    /// @param canonicalJson `policy.yaml` in its canonical form: JSON, keys sorted, UTF-8
    /// @throws PolicyException when an entry is missing, unknown or out of its range; the message names it
    public static Policy read(byte[] canonicalJson) {
        return PolicyFile.read(canonicalJson);
    }

    /// The full name of this version, for instance `consumer_apply_policy_v1.0`.
    public String name() {
        return name;
    }

    /// How long a model may take before the fallback rules answer; greater than zero.
    public Duration deadline() {
        return deadline;
    }

    /// The feature or field that assignment hashes unless the request names another, for instance `loan_id`.
    public String unit() {
        return unit;
    }

    /// The bands from the best scores to the worst; together they cover 0..1.
    public List<Band> bands() {
        return rankings.stream().map(Ranking::band).toList();
    }

    /// The action of a score by its band alone, without rules.
    ///
    /// @param score probability of bad, 0..1
    public Action action(double score) {
        return ranking(score).action();
    }

    /// The method of measuring reasons that this policy demands of a model, or null when it takes the model's
    /// own.
    public Contributions.@Nullable Method method() {
        return reasons.method();
    }

    /// Names of features that could be a principal reason but have no code. A version is refused when this is
    /// not empty: the law forbids leaving a principal reason out, so nothing may be left to chance.
    ///
    /// @param schema the schema of the version to be registered
    /// @param explanation how the version explains itself: a feature needs no code of its own when all that
    ///     is made of it has one
    public List<String> coverage(Schema schema, Explanation explanation) {
        return schema.features().stream()
                .map(feature -> feature.name())
                .filter(feature -> !reasons.factors().containsKey(feature)
                        && !reasons.unscored().contains(feature)
                        && !covered(feature, explanation))
                .toList();
    }

    private boolean covered(String feature, Explanation explanation) {
        List<Explanation.Line> lines = explanation.lines().stream()
                .filter(line -> line.features().contains(feature))
                .toList();
        return !lines.isEmpty() && lines.stream().allMatch(reasons::covers);
    }

    /// What speaks against a model's way of explaining itself, one sentence each: a feature takes part in the
    /// score that this policy says is never scored, or the contributions are measured by another method than
    /// it demands. A policy and a model belong on one route only when this is empty.
    public List<String> objections(Explanation explanation) {
        List<String> found = new ArrayList<>();
        explanation.lines().stream()
                .flatMap(line -> line.features().stream())
                .filter(reasons.unscored()::contains)
                .distinct()
                .forEach(feature -> found.add("the model scores a feature that the policy never scores: " + feature));
        Contributions.Method demanded = reasons.method();
        if (demanded != null && demanded != explanation.method()) {
            found.add("the policy demands reasons by " + demanded.word() + ", the model gives them by "
                    + explanation.method().word());
        }
        return found;
    }

    /// What this policy says about features that the schema does not have, or has with another type: one
    /// sentence each. A policy and a model belong on one route only when this is empty.
    ///
    /// @param explanation how the model explains itself: the map may name a column that its transform makes
    public List<String> mismatches(Schema schema, Explanation explanation) {
        List<String> found = new ArrayList<>();
        for (HardRule rule : hardRules) {
            found.addAll(Question.mismatches(rule.when(), schema));
        }
        for (FallbackRule rule : fallbackRules) {
            Condition when = rule.when();
            if (when != null) {
                found.addAll(Question.mismatches(when, schema));
            }
        }
        for (String feature : reasons.factors().keySet()) {
            if (schema.position(feature) < 0
                    && explanation.lines().stream()
                            .noneMatch(line -> line.column().equals(feature))) {
                found.add("reasons.map names a feature that the schema does not have: " + feature);
            }
        }
        for (String feature : reasons.unscored()) {
            if (schema.position(feature) < 0) {
                found.add("reasons.unscored names a feature that the schema does not have: " + feature);
            }
        }
        return found.stream().distinct().toList();
    }

    /// Decides on a model's score. Hard rules speak first: when one is more severe than the band's action,
    /// the reasons are its own and the model's are not asked for; when both are equally severe, both give
    /// reasons, rules first, and one place is kept for the model's where there is more than one (comment 7:
    /// of a combined system both components are told).
    ///
    /// @param schema the schema of the row
    /// @param row the application, as admitted by the schema
    /// @param score probability of bad, 0..1
    /// @param explanation asked only when the model's score leads to an adverse outcome
    /// @throws IllegalArgumentException when the score is not within 0..1
    public CreditDecision decide(Schema schema, FeatureRow row, double score, Supplier<Contributions> explanation) {
        Ranking ranking = ranking(score);
        Action byRule = severestRule(schema, row);
        Action action = ranking.action().orMoreSevere(byRule);
        if (!action.adverse()) {
            return decision(score, ranking.band(), action, Source.MODEL, List.of(), "none", "");
        }
        List<Reason> byRules = byRule == action ? ruleReasons(schema, row, action) : List.of();
        int places = ranking.action() == action ? reasons.max() - 1 : reasons.max();
        List<Reason> given = new ArrayList<>(first(byRules, Math.max(1, places)));
        if (ranking.action() != action || given.size() == reasons.max()) {
            return decision(score, ranking.band(), action, Source.MODEL, given, "rule", "");
        }
        Contributions explained = explanation.get();
        given.addAll(reasons.principal(explained, reasons.max() - given.size()));
        return decision(
                score,
                ranking.band(),
                action,
                Source.MODEL,
                given,
                explained.method().word(),
                explained.reference());
    }

    /// Answers without a model: the first fallback rule that holds gives a placeholder score and the band.
    /// Hard rules still speak first.
    public CreditDecision fallback(Schema schema, FeatureRow row) {
        FallbackRule rule = fallbackRules.getLast();
        for (FallbackRule candidate : fallbackRules) {
            Condition when = candidate.when();
            if (when == null || Question.holds(when, schema, row)) {
                rule = candidate;
                break;
            }
        }
        Action byBand = actionOf(rule.band());
        Action byRule = severestRule(schema, row);
        Action action = byBand.orMoreSevere(byRule);
        List<Reason> given = new ArrayList<>();
        if (action.adverse() && byRule == action) {
            given.addAll(first(ruleReasons(schema, row, action), reasons.max()));
        }
        if (action.adverse() && byBand == action && given.size() < reasons.max()) {
            given.add(rule.reason());
        }
        return decision(
                rule.score(),
                rule.band(),
                action,
                Source.FALLBACK_RULES,
                given,
                action.adverse() ? "rule" : "none",
                "");
    }

    private static List<Reason> first(List<Reason> reasons, int places) {
        return reasons.size() > places ? reasons.subList(0, places) : reasons;
    }

    private static CreditDecision decision(
            double score,
            Band band,
            Action action,
            Source source,
            List<Reason> given,
            String method,
            String reference) {
        return new CreditDecision(score, band.name(), action, source, given, method, reference);
    }

    private Action severestRule(Schema schema, FeatureRow row) {
        Action severest = Action.APPROVE;
        for (HardRule rule : hardRules) {
            if (rule.action().compareTo(severest) > 0 && Question.holds(rule.when(), schema, row)) {
                severest = rule.action();
            }
        }
        return severest;
    }

    private List<Reason> ruleReasons(Schema schema, FeatureRow row, Action action) {
        List<Reason> given = new ArrayList<>();
        for (HardRule rule : hardRules) {
            if (rule.action() == action && Question.holds(rule.when(), schema, row)) {
                given.add(rule.reason());
            }
        }
        return given;
    }

    private Ranking ranking(double score) {
        for (Ranking ranking : rankings) {
            if (ranking.band().holds(score)) {
                return ranking;
            }
        }
        throw new IllegalArgumentException("score must be a probability within 0..1: " + score);
    }

    private Action actionOf(Band band) {
        for (Ranking ranking : rankings) {
            if (ranking.band().equals(band)) {
                return ranking.action();
            }
        }
        throw new IllegalArgumentException("band must be one of " + bands() + ": " + band);
    }
}
