package dev.tranche.credit;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns the text of a policy into a [Policy], refusing what it does not know by name.
final class PolicyFile {

    /// Comment 1 of 12 CFR 1002.9(b)(2): more than four reasons are not likely to be helpful.
    private static final int MAX_REASONS = 4;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    /// Told to an applicant when a fallback rule names no reason of its own.
    private static final Reason NO_MODEL = new Reason(
            "FALLBACK",
            "The application could not be assessed automatically; a cautious rule decided",
            null,
            Component.FALLBACK);

    private PolicyFile() {}

    static Policy read(byte[] canonicalJson) {
        try {
            JsonKeys file = Json.parse(canonicalJson).asStruct("policy.yaml").keys("policy.yaml");
            JsonKeys policy = file.struct("policy").keys("policy");
            file.done();
            Policy read = policy(policy);
            policy.done();
            return read;
        } catch (JsonException broken) {
            throw new PolicyException(broken);
        }
    }

    private static Policy policy(JsonKeys policy) {
        String name = policy.text("name");
        Duration deadline = duration(policy.text("deadline"));
        String unit = policy.text("unit");
        List<Policy.Ranking> rankings = rankings(policy);
        ReasonMap reasons = reasons(policy.struct("reasons").keys("reasons"));
        List<HardRule> hardRules = hardRules(policy);
        List<FallbackRule> fallbackRules = fallbackRules(policy, rankings);
        if (name.isBlank() || unit.isBlank()) {
            throw new PolicyException("policy: name and unit must not be blank");
        }
        return new Policy(name, deadline, unit, rankings, reasons, hardRules, fallbackRules);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
            if (duration.isPositive()) {
                return duration;
            }
        }
        throw new PolicyException("policy: deadline must be a duration above zero like 200ms, 2s or 1m: " + text);
    }

    private static List<Policy.Ranking> rankings(JsonKeys policy) {
        Map<String, Action> actions = new LinkedHashMap<>();
        policy.struct("actions").members().forEach((band, action) -> {
            String where = "actions: " + band;
            actions.put(band, Action.parse(action instanceof Json.Text(String word) ? word : action.kind(), where));
        });
        List<Policy.Ranking> rankings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        double from = 0;
        Action before = Action.APPROVE;
        List<Json> bands = policy.items("bands");
        for (int i = 0; i < bands.size(); i++) {
            JsonKeys band = bands.get(i).asStruct("bands[" + i + "]").keys("bands[" + i + "]");
            String name = band.text("name");
            boolean last = i == bands.size() - 1;
            if (!last && !band.has("below")) {
                throw new PolicyException(
                        "band " + name + " must say below which score it ends; only the last may not");
            }
            double below = band.number("below", 1);
            band.done();
            if (last && below != 1) {
                throw new PolicyException("the last band must reach 1, so that no score is without a band: " + below);
            }
            if (!names.add(name)) {
                throw new PolicyException("two bands are named " + name);
            }
            Action action = actions.remove(name);
            if (action == null) {
                throw new PolicyException("actions must say what happens in band " + name);
            }
            if (action.compareTo(before) < 0) {
                throw new PolicyException("band " + name + " must not be milder than the band below it: "
                        + action.name().toLowerCase(Locale.ROOT));
            }
            rankings.add(new Policy.Ranking(new Band(name, from, below), action));
            from = below;
            before = action;
        }
        if (rankings.isEmpty()) {
            throw new PolicyException("bands must have at least one band");
        }
        if (!actions.isEmpty()) {
            throw new PolicyException("actions name bands that do not exist: " + actions.keySet());
        }
        return rankings;
    }

    private static ReasonMap reasons(JsonKeys reasons) {
        double max = reasons.number("max", MAX_REASONS);
        if (!(max >= 1 && max <= MAX_REASONS && max == Math.rint(max))) {
            throw new PolicyException("reasons: max must be a whole number within 1.." + MAX_REASONS + ": " + max);
        }
        Contributions.Method method = null;
        if (reasons.has("method")) {
            List<String> words = Stream.of(Contributions.Method.values())
                    .map(Contributions.Method::word)
                    .toList();
            method = Contributions.Method.valueOf(reasons.word("method", words).toUpperCase(Locale.ROOT));
        }
        Map<String, ReasonMap.Factor> factors = new LinkedHashMap<>();
        Set<String> codes = new HashSet<>();
        reasons.struct("map").members().forEach((feature, value) -> {
            JsonKeys keys = value.asStruct("reasons.map." + feature).keys("reasons.map." + feature);
            add(factors, codes, feature, List.of(feature), keys);
        });
        if (reasons.has("groups")) {
            reasons.struct("groups").members().forEach((group, value) -> {
                JsonKeys keys = value.asStruct("reasons.groups." + group).keys("reasons.groups." + group);
                List<String> features = keys.texts("features");
                if (features.isEmpty()) {
                    throw new PolicyException(keys.where() + ": features must name at least one feature");
                }
                add(factors, codes, group, features, keys);
            });
        }
        Set<String> unscored = new LinkedHashSet<>(reasons.texts("unscored"));
        Map<String, String> given = given(reasons, codes);
        String inquiries = reasons.has("inquiries") ? reasons.text("inquiries") : null;
        reasons.done();
        if (inquiries != null
                && factors.values().stream().noneMatch(factor -> factor.name().equals(inquiries))) {
            throw new PolicyException("reasons: inquiries must name a feature of the map or a group: " + inquiries);
        }
        for (String feature : unscored) {
            if (factors.containsKey(feature)) {
                throw new PolicyException("reasons: " + feature + " is unscored, so it must not have a code");
            }
        }
        return new ReasonMap((int) max, method, factors, unscored, given, inquiries);
    }

    /// The texts of codes that a model's file gives by itself.
    private static Map<String, String> given(JsonKeys reasons, Set<String> codes) {
        Map<String, String> given = new LinkedHashMap<>();
        if (reasons.has("codes")) {
            JsonKeys texts = reasons.struct("codes").keys("reasons.codes");
            reasons.struct("codes").members().keySet().forEach(code -> {
                if (!codes.add(code)) {
                    throw new PolicyException("reasons: the code " + code + " is used twice");
                }
                given.put(code, texts.text(code));
            });
        }
        return given;
    }

    private static void add(
            Map<String, ReasonMap.Factor> factors,
            Set<String> codes,
            String name,
            List<String> features,
            JsonKeys keys) {
        ReasonMap.Factor factor = new ReasonMap.Factor(name, keys.text("code"), keys.text("text"));
        keys.done();
        if (!codes.add(factor.code())) {
            throw new PolicyException(
                    "reasons: the code " + factor.code() + " is used twice; put features of one code into a group");
        }
        for (String feature : features) {
            if (factors.putIfAbsent(feature, factor) != null) {
                throw new PolicyException("reasons: " + feature + " is mapped twice");
            }
        }
    }

    private static List<HardRule> hardRules(JsonKeys policy) {
        List<HardRule> rules = new ArrayList<>();
        if (!policy.has("hard_rules")) {
            return rules;
        }
        List<Json> items = policy.items("hard_rules");
        for (int i = 0; i < items.size(); i++) {
            JsonKeys rule = items.get(i).asStruct("hard_rules[" + i + "]").keys("hard_rules[" + i + "]");
            Condition when = Condition.parse(rule.text("when"));
            Action action = Action.parse(rule.text("action"), rule.where() + ": action");
            if (!action.adverse()) {
                throw new PolicyException(rule.where() + ": action must be review or decline: approve");
            }
            rules.add(new HardRule(when, action, reason(rule, when, Component.HARD_RULE)));
            rule.done();
        }
        return rules;
    }

    private static List<FallbackRule> fallbackRules(JsonKeys policy, List<Policy.Ranking> rankings) {
        List<FallbackRule> rules = new ArrayList<>();
        List<Json> items = policy.items("fallback_rules");
        for (int i = 0; i < items.size(); i++) {
            JsonKeys rule = items.get(i).asStruct("fallback_rules[" + i + "]").keys("fallback_rules[" + i + "]");
            boolean last = i == items.size() - 1;
            if (last == rule.has("when")) {
                throw new PolicyException("fallback_rules: the last rule, and only that, must have no when");
            }
            Condition when = last ? null : Condition.parse(rule.text("when"));
            double score = rule.number("score");
            if (!(score >= 0 && score <= 1)) {
                throw new PolicyException(rule.where() + ": score must be within 0..1: " + score);
            }
            List<String> names =
                    rankings.stream().map(ranking -> ranking.band().name()).toList();
            String risk = rule.word("risk", names);
            Band band = rankings.get(names.indexOf(risk)).band();
            Reason reason = rule.has("reason") ? reason(rule, when, Component.FALLBACK) : NO_MODEL;
            rules.add(new FallbackRule(when, score, band, reason));
            rule.done();
        }
        if (rules.isEmpty()) {
            throw new PolicyException("fallback_rules must have at least one rule, the last without when");
        }
        return rules;
    }

    private static Reason reason(JsonKeys rule, @Nullable Condition when, Component component) {
        JsonKeys keys = rule.struct("reason").keys(rule.where() + ".reason");
        String feature = when == null ? null : String.join(", ", when.features());
        Reason reason = new Reason(keys.text("code"), keys.text("text"), feature, component);
        keys.done();
        return reason;
    }
}
