package dev.tranche.credit;

/// A rule that decides whatever the score: the applicant is too young, is on a list, has no income.
///
/// @param when the question
/// @param action what happens when it holds; never approval
/// @param reason what the applicant is told
record HardRule(Condition when, Action action, Reason reason) {}
