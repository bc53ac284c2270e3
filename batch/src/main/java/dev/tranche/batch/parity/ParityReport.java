package dev.tranche.batch.parity;

import dev.tranche.batch.parity.ParityResult.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes results for people and for programs.
final class ParityReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ParityReport() {}

    static String line(ParityResult result) {
        return String.format(
                Locale.ROOT,
                "%-29s %-8s %-9s %s",
                result.of().id(),
                word(result.verdict()),
                error(result),
                result.detail());
    }

    static String closing(List<ParityResult> results) {
        return count(results, Verdict.PASSED) + " passed, " + count(results, Verdict.FAILED) + " failed, "
                + count(results, Verdict.REFUSED) + " refused";
    }

    static String json(ParityResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", result.of().id());
        fields.put("family", result.of().family());
        fields.put("format", result.of().format());
        fields.put("verdict", word(result.verdict()));
        if (!Double.isNaN(result.largestError())) {
            fields.put("largest_error", result.largestError());
        }
        fields.put("detail", result.detail());
        return JSON.writeValueAsString(fields);
    }

    static String closingJson(List<ParityResult> results) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            fields.put(word(verdict), count(results, verdict));
        }
        return JSON.writeValueAsString(fields);
    }

    private static long count(List<ParityResult> results, Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String error(ParityResult result) {
        return Double.isNaN(result.largestError()) ? "-" : String.format(Locale.ROOT, "%.2e", result.largestError());
    }
}
