package dev.tranche.inference.scorecard;

import dev.tranche.inference.Model;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads `scorecard.json` and `logistic.json`; `docs/reference/artifact.md` explains every key.
public final class LinearFile {
    private LinearFile() {}

    /// Reads a scorecard.
    ///
    /// @param levels by input, the categories that the vector holds as places; empty for a number
    /// @param output `probability` (of bad, at the score) or `score`
    /// @throws dev.tranche.inference.format.JsonException naming the key and what is allowed
    public static Model scorecard(Json.Struct file, Function<String, List<String>> levels, OutputKind output) {
        return new ScorecardReader(file.keys("scorecard"), levels).read(output);
    }

    /// Reads a logistic or linear model.
    ///
    /// @param output `probability`, or `value` when the link is the identity
    /// @throws dev.tranche.inference.format.JsonException naming the key and what is allowed
    public static Model logistic(Json.Struct file, OutputKind output) {
        JsonKeys keys = file.keys("logistic");
        double intercept = keys.number("intercept");
        boolean logit = keys.word("link", List.of("logit", "identity"), "logit").equals("logit");
        OutputKind given = logit ? OutputKind.PROBABILITY : OutputKind.VALUE;
        if (output != given) {
            throw keys.wrong("link", "gives output " + given + ", but model.yaml says " + output);
        }
        List<Logistic.Term> terms = new ArrayList<>();
        for (Json item : keys.items("terms")) {
            String where = "logistic: term " + (terms.size() + 1);
            JsonKeys term = item.asStruct(where).keys(where);
            terms.add(new Logistic.Term(
                    term.text("input"),
                    term.number("coefficient"),
                    term.number("missing", Double.NaN),
                    term.number("reference", 0)));
            term.done();
        }
        keys.done();
        return new Logistic(intercept, terms, logit);
    }
}
