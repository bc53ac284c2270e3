package dev.tranche.inference;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Small artifact folders to break.
final class Folders {
    private Folders() {}

    /// A folder of these files.
    static Map<String, byte[]> of(String... namesAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    /// The folder with one file replaced or added.
    static Map<String, byte[]> with(Map<String, byte[]> files, String name, String text) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, text.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    static Map<String, byte[]> without(Map<String, byte[]> files, String name) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(name);
        return changed;
    }

    static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /// Raw features, no transform, points to probability: outputs by 1 / (1 + 50 · 2^((points - 600) / 20)) in
    /// 40 digits.
    static Map<String, byte[]> scorecard() {
        return of("model.yaml", """
                {"name": "consumer_apply_scorecard_v1.0", "format": "scorecard", "file": "scorecard.json",
                 "output": "probability", "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "bad"},
                 "provenance": {"by": "a test"}}""", "features.json", """
                {"features": [
                  {"name": "age", "type": "number", "missing": "default", "default": 35, "range": [18, 100]},
                  {"name": "purpose", "type": "category", "missing": "allow", "categories": ["radio/tv", "car"], "unseen": "allow"},
                  {"name": "note", "type": "text"}]}""", "scorecard.json", """
                {"values": "points", "rounding": "sum", "base_points": 539.25,
                 "scaling": {"base_score": 600, "base_odds": 50, "odds": "good_to_bad", "pdo": 20},
                 "characteristics": [
                  {"input": "age", "closed": "left", "edges": [25, 35], "points": [10.25, 20.25, 30.25], "special": [], "missing": 3},
                  {"input": "purpose", "categories": [{"values": ["radio/tv"], "points": 40.5}, {"values": ["car"], "points": 60.5}],
                   "missing": 11, "unseen": 13}]}""", "samples.jsonl", """
                {"input": {"age": 30, "purpose": "radio/tv"}, "transformed": [30.0, 0.0], "margin": [600], "output": [0.0196078431372549]}

                {"input": {"purpose": "yacht"}, "transformed": [35, -1], "margin": [582], "output": [0.03597855259896908]}
                {"input": {"age": 30, "purpose": null}, "transformed": [30, null], "margin": [570], "output": [0.05353987007917717]}
                """);
    }

    /// A transform with one-hot and WOE before a logistic model.
    static Map<String, byte[]> logistic() {
        return of("model.yaml", """
                {"name": "consumer_apply_lr_v1.0", "format": "logistic", "file": "logistic.json", "output": "probability",
                 "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "bad"}}""", "features.json", """
                {"features": [{"name": "debt", "type": "number"}, {"name": "income", "type": "number"},
                  {"name": "purpose", "type": "category", "categories": ["radio/tv", "car"], "unseen": "missing"}]}""", "transform.yaml", """
                {"steps": [
                  {"op": "ratio", "numerator": "debt", "denominator": "income", "zero": "refuse", "output": "dti"},
                  {"op": "one_hot", "input": "purpose", "categories": ["radio/tv", "car"], "missing": "zeros", "unseen": "refuse"}],
                 "output": ["dti", "purpose=radio/tv", "purpose=car"]}""", "logistic.json", """
                {"intercept": -1, "terms": [{"input": "dti", "coefficient": 2, "missing": 0.5},
                  {"input": "purpose=radio/tv", "coefficient": 0.5}, {"input": "purpose=car", "coefficient": -0.25}]}""");
    }
}
