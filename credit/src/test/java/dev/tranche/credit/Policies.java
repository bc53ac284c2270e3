package dev.tranche.credit;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Explanation;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import dev.tranche.inference.WhenMissing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A small policy, its schema, and rows for it.
final class Policies {

    static final String TEXT = """
            {"policy":{
              "name":"consumer_apply_policy_v1.0","deadline":"200ms","unit":"loan_id",
              "bands":[{"name":"LOW","below":0.2},{"name":"MEDIUM","below":0.45},{"name":"HIGH"}],
              "actions":{"LOW":"approve","MEDIUM":"review","HIGH":"decline"},
              "reasons":{"max":3,
                "map":{
                  "age":{"code":"R01","text":"Age"},
                  "purpose":{"code":"R02","text":"Purpose"},
                  "savings":{"code":"R03","text":"Savings"},
                  "listed":{"code":"R05","text":"List"}},
                "groups":{"usage":{"features":["cards","overdraft"],"code":"R04","text":"Use of credit lines"}},
                "unscored":["sex"]},
              "hard_rules":[
                {"when":"age < 18","action":"decline","reason":{"code":"H01","text":"Too young"}},
                {"when":"listed = true","action":"decline","reason":{"code":"H02","text":"On a list"}},
                {"when":"savings is missing","action":"review","reason":{"code":"H03","text":"Savings unknown"}}],
              "fallback_rules":[
                {"when":"cards > 10","score":0.8,"risk":"HIGH","reason":{"code":"F01","text":"Many cards"}},
                {"when":"purpose in [car, 'new car'] and age >= 60","score":0.1,"risk":"LOW"},
                {"score":0.3,"risk":"MEDIUM"}]}}
            """;

    static final Schema SCHEMA = Schema.of(List.of(
            Feature.number("age"),
            new Feature(
                    "purpose",
                    FeatureType.CATEGORY,
                    new WhenMissing.Allow(),
                    Feature.Range.ALL,
                    Feature.Outside.REJECT,
                    List.of("car", "new car", "radio/tv"),
                    Feature.Unseen.ALLOW),
            Feature.number("savings"),
            Feature.number("cards"),
            Feature.number("overdraft"),
            Feature.of("listed", FeatureType.BOOLEAN),
            Feature.of("sex", FeatureType.CATEGORY)));

    private Policies() {}

    static Policy policy() {
        return of(TEXT);
    }

    static Policy of(String json) {
        return Policy.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /// The small policy with one piece of its text replaced.
    static Policy with(String piece, String other) {
        if (!TEXT.contains(piece)) {
            throw new IllegalArgumentException("the policy has no " + piece);
        }
        return of(TEXT.replace(piece, other));
    }

    /// An applicant that no rule is about.
    static FeatureRow plain() {
        FeatureRow row = SCHEMA.row();
        row.number(SCHEMA.position("age"), 40);
        row.text(SCHEMA.position("purpose"), "radio/tv");
        row.number(SCHEMA.position("savings"), 500);
        row.number(SCHEMA.position("cards"), 2);
        return row;
    }

    static FeatureRow with(String feature, double number) {
        FeatureRow row = plain();
        row.number(SCHEMA.position(feature), number);
        return row;
    }

    static FeatureRow listed(boolean listed) {
        FeatureRow row = plain();
        row.flag(SCHEMA.position("listed"), listed);
        return row;
    }

    static FeatureRow without(String feature) {
        FeatureRow row = plain();
        row.erase(SCHEMA.position(feature));
        return row;
    }

    /// Contributions of one column per feature.
    static Contributions parts(Map<String, Double> byFeature) {
        List<Contributions.Part> parts = new ArrayList<>();
        byFeature.forEach((feature, value) -> parts.add(new Contributions.Part(feature, List.of(feature), value)));
        return new Contributions(
                Contributions.Method.TREE_PATH, "training sample, by the cover of the trees", 0, 1, parts);
    }

    /// How a model of trees explains itself whose every column is one of these features.
    static Explanation explanation(String... features) {
        return new Explanation(
                Contributions.Method.TREE_PATH,
                "training sample, by the cover of the trees",
                0,
                Stream.of(features)
                        .map(feature -> new Explanation.Line(feature, List.of(feature), List.of()))
                        .toList());
    }
}
