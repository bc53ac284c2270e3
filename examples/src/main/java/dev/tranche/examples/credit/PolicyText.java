package dev.tranche.examples.credit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The policy of the example product: written once by a person, with the two cutoffs filled in.
final class PolicyText {

    private PolicyText() {}

    /// @throws IOException when the file cannot be written
    static void write(Path path, double approveBelow, double declineFrom) throws IOException {
        Files.writeString(
                path,
                TEXT.replace("APPROVE_BELOW", String.valueOf(approveBelow))
                        .replace("DECLINE_FROM", String.valueOf(declineFrom)));
    }

    private static final String TEXT = """
            # The policy of consumer_apply. The cutoffs approve 70 % and decline 15 % of the validation rows by the
            # scorecard's probability of bad; `tranche examples train-credit` computes them.
            policy:
              name: consumer_apply_policy_v1.0
              deadline: 200ms
              unit: loan_id
              bands:
                - {name: LOW, below: APPROVE_BELOW}
                - {name: MEDIUM, below: DECLINE_FROM}
                - {name: HIGH}
              actions: {LOW: approve, MEDIUM: review, HIGH: decline}
              reasons:
                max: 4
                map:
                  checking_status: {code: R01, text: "Balance of the checking account"}
                  credit_history: {code: R02, text: "History of earlier credits"}
                  purpose: {code: R03, text: "Purpose of the loan"}
                  savings_status: {code: R04, text: "Amount of savings"}
                  employment: {code: R05, text: "Length of employment"}
                  installment_commitment: {code: R06, text: "Instalments are high for the income"}
                  other_parties: {code: R07, text: "No sufficient guarantee or co-applicant"}
                  residence_since: {code: R08, text: "Length of residence"}
                  age: {code: R09, text: "Age of the applicant"}
                  other_payment_plans: {code: R10, text: "Instalment plans with other lenders"}
                  existing_credits: {code: R11, text: "Number of existing credits at this bank"}
                  job: {code: R12, text: "Type of occupation"}
                  num_dependents: {code: R13, text: "Number of dependants"}
                  own_telephone: {code: R14, text: "No telephone in the applicant's name"}
                # Features that say nearly the same are one reason, so that they do not take two places.
                groups:
                  loan_size: {features: [duration, credit_amount], code: R15, text: "Amount and term of the loan"}
                  home: {features: [property_magnitude, housing], code: R16, text: "Property and housing"}
                # Taken and journalled, so that unfair treatment can be looked for; never scored.
                unscored: [personal_status, foreign_worker]
              hard_rules:
                - {when: "age < 18", action: decline, reason: {code: H01, text: "Below the legal age"}}
                - {when: "credit_amount > 50000", action: review, reason: {code: H02, text: "Amount above the limit of automatic decisions"}}
              # Placeholders for when no model answers in time: cautious, marked, and never mixed with probabilities.
              fallback_rules:
                - when: "checking_status = '<0' and duration > 36"
                  score: 0.8
                  risk: HIGH
                  reason: {code: F01, text: "Overdrawn checking account and a long term"}
                - when: "credit_amount > 10000 and savings_status in ['<100', '100<=X<500']"
                  score: 0.7
                  risk: HIGH
                  reason: {code: F02, text: "High amount with little savings"}
                - score: 0.5
                  risk: MEDIUM
                  reason: {code: F03, text: "The application could not be assessed automatically and waits for a person"}
            """;
}
