package dev.tranche.examples.credit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The Statlog German Credit data (Hofmann 1994): 20 features, 1,000 applicants, 300 of them bad, no dates.
final class GermanCredit {

    /// The outcome's column in the original file: `good` or `bad`.
    private static final String ORIGINAL_OUTCOME = "class";

    /// The outcome's column in the parts: 0 or 1.
    private static final String OUTCOME = "bad";

    /// Splits the rows; chosen once, before any model was seen.
    static final long SEED = 20_261_120L;

    /// The features in the order of the data, with what a request must and may say.
    ///
    /// `personal_status` (it holds the sex) and `foreign_worker` are taken and journalled, so that unfair
    /// treatment can be looked for, but no model here scores them: in many countries a lender may not.
    static final List<Field> FIELDS = List.of(
            Field.words("checking_status", "allow", null, "missing", "<0", "0<=X<200", ">=200", "no checking"),
            Field.number("duration", 1, 120, "reject", null),
            Field.words(
                    "credit_history",
                    "fallback",
                    null,
                    "reject",
                    "no credits/all paid",
                    "all paid",
                    "existing paid",
                    "delayed previously",
                    "critical/other existing credit"),
            Field.words(
                    "purpose",
                    "reject",
                    null,
                    "allow",
                    "new car",
                    "used car",
                    "furniture/equipment",
                    "radio/tv",
                    "domestic appliance",
                    "repairs",
                    "education",
                    "vacation",
                    "retraining",
                    "business",
                    "other"),
            Field.number("credit_amount", 1, 1_000_000, "reject", null),
            Field.words(
                    "savings_status",
                    "allow",
                    null,
                    "missing",
                    "<100",
                    "100<=X<500",
                    "500<=X<1000",
                    ">=1000",
                    "no known savings"),
            Field.words("employment", "allow", null, "missing", "unemployed", "<1", "1<=X<4", "4<=X<7", ">=7"),
            Field.number("installment_commitment", 1, 4, "default", "3"),
            Field.words(
                    "personal_status",
                    "allow",
                    null,
                    "missing",
                    "male div/sep",
                    "female div/dep/mar",
                    "male single",
                    "male mar/wid",
                    "female single"),
            Field.words("other_parties", "default", "none", "reject", "none", "co applicant", "guarantor"),
            Field.number("residence_since", 1, 4, "default", "3"),
            Field.words(
                    "property_magnitude",
                    "allow",
                    null,
                    "missing",
                    "real estate",
                    "life insurance",
                    "car",
                    "no known property"),
            Field.number("age", 0, 120, "reject", null),
            Field.words("other_payment_plans", "default", "none", "reject", "bank", "stores", "none"),
            Field.words("housing", "allow", null, "missing", "rent", "own", "for free"),
            Field.number("existing_credits", 0, 20, "default", "1"),
            Field.words(
                    "job",
                    "allow",
                    null,
                    "missing",
                    "unemp/unskilled non res",
                    "unskilled resident",
                    "skilled",
                    "high qualif/self emp/mgmt"),
            Field.number("num_dependents", 0, 20, "default", "1"),
            Field.words("own_telephone", "default", "none", "reject", "none", "yes"),
            Field.words("foreign_worker", "allow", null, "missing", "yes", "no"));

    /// Features that are journalled and never scored.
    static final List<String> UNSCORED = List.of("personal_status", "foreign_worker");

    private GermanCredit() {}

    /// The three parts of the data.
    ///
    /// @param training half of the rows: what models are fitted on
    /// @param validation a fifth: what calibrations and cutoffs are fitted on
    /// @param traffic the rest: never seen before serving
    record Split(List<Applicant> training, List<Applicant> validation, List<Applicant> traffic) {}

    /// The feature of that name.
    static Field field(String name) {
        return FIELDS.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feature is named " + name));
    }

    /// Shuffles good and bad rows apart and deals both out 50 : 20 : 30, so that each part has the same bad
    /// rate.
    static Split split(List<Applicant> all) {
        Split split = new Split(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Random random = new Random(SEED);
        for (boolean bad : new boolean[] {false, true}) {
            List<Applicant> rows =
                    new ArrayList<>(all.stream().filter(row -> row.bad() == bad).toList());
            java.util.Collections.shuffle(rows, random);
            int n = rows.size();
            split.training().addAll(rows.subList(0, n / 2));
            split.validation().addAll(rows.subList(n / 2, n * 7 / 10));
            split.traffic().addAll(rows.subList(n * 7 / 10, n));
        }
        java.util.Collections.shuffle(split.training(), random);
        java.util.Collections.shuffle(split.validation(), random);
        java.util.Collections.shuffle(split.traffic(), random);
        return split;
    }

    /// Reads a file with a header line; the values hold no commas and no quotes.
    ///
    /// @throws IOException when it cannot be read
    static List<Applicant> read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        String[] header = lines.getFirst().split(",", -1);
        List<Applicant> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length != header.length) {
                throw new IOException(csv.getFileName() + ": a line must have " + header.length + " cells: " + line);
            }
            Map<String, String> values = new LinkedHashMap<>();
            boolean bad = false;
            for (int i = 0; i < cells.length; i++) {
                if (header[i].equals(ORIGINAL_OUTCOME)) {
                    bad = cells[i].equals("bad");
                } else if (header[i].equals(OUTCOME)) {
                    bad = cells[i].equals("1");
                } else {
                    values.put(header[i], cells[i]);
                }
            }
            rows.add(new Applicant(values, bad));
        }
        return rows;
    }

    /// Writes rows in the order of [#FIELDS] with the outcome last.
    ///
    /// @throws IOException when it cannot be written
    static void write(Path csv, List<Applicant> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Field field : FIELDS) {
            text.append(field.name()).append(',');
        }
        text.append(OUTCOME).append('\n');
        for (Applicant row : rows) {
            for (Field field : FIELDS) {
                String value = row.text(field.name());
                text.append(value == null ? "" : value).append(',');
            }
            text.append(row.bad() ? '1' : '0').append('\n');
        }
        Files.writeString(csv, text);
    }
}
