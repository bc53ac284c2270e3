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

    /// One line of a case.
    ///
    /// @param reference the library and version that gave the known answers; empty when nobody says
    static String line(ParityResult result, String reference) {
        return String.format(
                Locale.ROOT,
                "%-29s %-8s %-9s %s%s%s",
                result.of().id(),
                word(result.verdict()),
                error(result),
                result.detail(),
                units(result),
                agrees(result, reference));
    }

    private static String units(ParityResult result) {
        return switch ((int) Math.min(result.units(), 1000)) {
            case -1 -> "";
            case 0 -> ", the same bits";
            default -> ", within " + result.units() + " ulp";
        };
    }

    private static String agrees(ParityResult result, String reference) {
        boolean compared = !Double.isNaN(result.largestError());
        return reference.isEmpty()
                ? ""
                : switch (result.verdict()) {
                    case PASSED -> (compared ? ", agrees with " : ", made by ") + reference;
                    case FAILED, REFUSED -> " [" + reference + "]";
                };
    }

    static String closing(List<ParityResult> results) {
        return count(results, Verdict.PASSED) + " passed, " + count(results, Verdict.FAILED) + " failed, "
                + count(results, Verdict.REFUSED) + " refused";
    }

    static String json(ParityResult result, String reference) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", result.of().id());
        fields.put("family", result.of().family());
        fields.put("format", result.of().format());
        fields.put("verdict", word(result.verdict()));
        if (!Double.isNaN(result.largestError())) {
            fields.put("largest_error", result.largestError());
        }
        if (result.units() >= 0) {
            fields.put("largest_ulp", result.units());
        }
        if (!reference.isEmpty()) {
            fields.put("reference", reference);
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
