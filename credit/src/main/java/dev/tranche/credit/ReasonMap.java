package dev.tranche.credit;

import dev.tranche.inference.Contributions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which code stands for which feature or group of features, and how many reasons are given.
///
/// The ranking follows 12 CFR 1002.9(b)(2), comments 1 to 5: contributions of a group are added up first, so
/// that two variants of one fact do not take two places; the largest pushes towards bad come first; none is
/// left out in favour of a smaller one. A column that was made from several features counts in equal parts
/// for each of them.
///
/// @param max how many reasons are given at most, 1..4 (comment 1: more are not likely to be helpful)
/// @param method the method demanded of a model, null when its own is taken
/// @param factors the factor of each mapped feature, in the order of the file
/// @param unscored features that no model may score, for instance those kept only to watch for unfair
///     treatment
record ReasonMap(int max, Contributions.@Nullable Method method, Map<String, Factor> factors, Set<String> unscored) {

    /// The code of a feature that has none. Registration refuses a version with such a feature; should one
    /// get through, the applicant is told the feature's name instead of nothing.
    static final String UNMAPPED = "UNMAPPED";

    /// A thing that can be told to an applicant.
    ///
    /// @param name the feature, or the name of the group
    record Factor(String name, String code, String text) {}

    /// The principal reasons, most important first. When nothing pushed towards bad, the factor nearest to
    /// doing so is named alone: an adverse outcome is never without a reason. Ties go to the factor named
    /// first by the model.
    List<Reason> principal(Contributions contributions) {
        Map<Factor, Double> sums = new LinkedHashMap<>();
        for (Contributions.Part part : contributions.parts()) {
            List<String> features = part.features().isEmpty() ? List.of(part.column()) : part.features();
            for (String feature : features) {
                Factor factor = factors.getOrDefault(feature, new Factor(feature, UNMAPPED, feature));
                sums.merge(factor, part.value() / features.size(), Double::sum);
            }
        }
        List<Map.Entry<Factor, Double>> ranked = new ArrayList<>(sums.entrySet());
        ranked.removeIf(entry -> entry.getValue() == 0);
        ranked.sort(Map.Entry.<Factor, Double>comparingByValue(Comparator.reverseOrder()));
        List<Reason> reasons = new ArrayList<>(max);
        for (Map.Entry<Factor, Double> entry : ranked) {
            boolean worse = entry.getValue() > 0;
            if (reasons.size() == max || (!worse && !reasons.isEmpty())) {
                break;
            }
            Factor factor = entry.getKey();
            reasons.add(new Reason(factor.code(), factor.text(), factor.name(), Component.MODEL));
        }
        return reasons;
    }
}
