package dev.tranche.credit;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which code stands for which feature, column or group, and how many reasons are given.
///
/// The ranking follows 12 CFR 1002.9(b)(2), comments 1 to 5: what is told under one code is added up first,
/// so that two variants of one fact do not take two places; the largest pushes towards bad come first; none
/// is left out in favour of a smaller one. A column that was made from several features is told under its own
/// code where the map names the column, else it counts in equal parts for each of the features.
///
/// @param max how many reasons are given at most, 1..4 (comment 1: more are not likely to be helpful)
/// @param method the method demanded of a model, null when its own is taken
/// @param factors the factor of each mapped feature or column, in the order of the file
/// @param unscored features that no model may score, for instance those kept only to watch for unfair
///     treatment
/// @param codes the texts of reason codes that a model's file gives by itself, by code
/// @param inquiries the factor that is told even as a fifth reason, null when there is none (15 USC
///     1681g(f)(9): the number of enquiries, where it was a key factor)
record ReasonMap(
        int max,
        Contributions.@Nullable Method method,
        Map<String, Factor> factors,
        Set<String> unscored,
        Map<String, String> codes,
        @Nullable String inquiries) {

    /// The code of a feature that has none. Registration refuses a version with such a feature; should one
    /// get through, the applicant is told the feature's name instead of nothing.
    static final String UNMAPPED = "UNMAPPED";

    /// Told when no input of the model moved the score at all, so that to name one would be untrue.
    private static final Reason NO_FACTOR = new Reason(
            "NO_FACTOR",
            "No single factor weighed against the application; its score is that of the reference",
            null,
            Component.MODEL);

    /// A thing that can be told to an applicant.
    ///
    /// @param name the feature or column, or the name of the group
    record Factor(String name, String code, String text) {}

    private record Pushed(Factor factor, double towardsBad) {
        Pushed more(double value) {
            return new Pushed(factor, towardsBad + value);
        }
    }

    /// The principal reasons, most important first. When nothing pushed towards bad, the factor nearest to
    /// doing so is named alone: an adverse outcome is never without a reason. Ties go to the factor named
    /// first by the model.
    ///
    /// @param places how many there is room for, at least 1; the enquiries may come on top
    List<Reason> principal(Contributions contributions, int places) {
        Map<String, Pushed> sums = new LinkedHashMap<>();
        for (Contributions.Part part : contributions.parts()) {
            Factor whole = whole(part.column(), part.features(), part.code());
            if (whole != null) {
                add(sums, whole, part.value());
                continue;
            }
            List<String> features = part.features().isEmpty() ? List.of(part.column()) : part.features();
            for (String feature : features) {
                Factor factor = factors.getOrDefault(feature, new Factor(feature, UNMAPPED, feature));
                add(sums, factor, part.value() / features.size());
            }
        }
        List<Pushed> ranked = new ArrayList<>(sums.values());
        ranked.removeIf(pushed -> pushed.towardsBad() == 0);
        ranked.sort((one, other) -> Double.compare(other.towardsBad(), one.towardsBad()));
        if (ranked.isEmpty()) {
            return List.of(NO_FACTOR);
        }
        List<Reason> reasons = new ArrayList<>(places + 1);
        for (Pushed pushed : ranked) {
            boolean worse = pushed.towardsBad() > 0;
            boolean room = reasons.size() < places && (worse || reasons.isEmpty());
            if (room || (worse && pushed.factor().name().equals(inquiries))) {
                Factor factor = pushed.factor();
                reasons.add(new Reason(factor.code(), factor.text(), factor.name(), Component.MODEL));
            }
        }
        return reasons;
    }

    private static void add(Map<String, Pushed> sums, Factor factor, double value) {
        String key = factor.code().equals(UNMAPPED) ? UNMAPPED + " " + factor.name() : factor.code();
        sums.put(key, sums.getOrDefault(key, new Pushed(factor, 0)).more(value));
    }

    /// The factor under which a column is told as one, null when it is told by its features.
    private @Nullable Factor whole(String column, List<String> features, String code) {
        String text = codes.get(code);
        if (text != null) {
            return new Factor(column, code, text);
        }
        return features.contains(column) ? null : factors.get(column);
    }

    /// Whether whatever this line says can be told under a code without asking its features.
    boolean covers(Explanation.Line line) {
        boolean byFile = !line.codes().isEmpty() && codes.keySet().containsAll(line.codes());
        return byFile || (!line.features().contains(line.column()) && factors.containsKey(line.column()));
    }
}
