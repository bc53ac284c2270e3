package dev.tranche.credit;

import org.jspecify.annotations.Nullable;

/// One reason for an adverse outcome, as it can be told to the applicant.
///
/// @param code the lender's reason code, for instance `R01`
/// @param text the sentence behind the code
/// @param feature the feature (or group of features) it speaks of, null when a fallback rule names none
/// @param component the part of the decision it comes from
public record Reason(String code, String text, @Nullable String feature, Component component) {}
