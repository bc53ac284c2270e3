package dev.tranche.examples.credit;

import java.util.ArrayList;
import java.util.List;

/// Rows that golden samples need besides ordinary ones: everything missing that may be, words never seen,
/// ends of ranges, and values that lie exactly on a border.
final class Edges {

    private Edges() {}

    /// @param rows ordinary rows, kept in front
    /// @param card the scorecard whose bins have the borders
    static List<Applicant> with(List<Applicant> rows, Scorecard card) {
        List<Applicant> all = new ArrayList<>(rows);
        for (Applicant base : List.of(rows.get(0), rows.get(1))) {
            Applicant bare = base;
            for (Field field : GermanCredit.FIELDS) {
                if (field.missing().equals("allow") || field.missing().equals("default")) {
                    all.add(base.with(field.name(), null));
                    bare = bare.with(field.name(), null);
                }
                if (field.numeric()) {
                    all.add(base.with(field.name(), whole(field.low())));
                    all.add(base.with(field.name(), whole(field.high())));
                } else if (field.unseen().equals("missing") || field.unseen().equals("allow")) {
                    all.add(base.with(field.name(), "never seen before"));
                }
            }
            all.add(bare);
            all.add(bare.with("purpose", "never seen before"));
            for (Scorecard.Characteristic characteristic : card.characteristics()) {
                Woe.Steps steps = characteristic.steps();
                if (steps != null) {
                    for (double edge : steps.edges()) {
                        all.add(base.with(characteristic.feature(), whole(edge)));
                        all.add(base.with(characteristic.feature(), String.valueOf(Math.nextDown(edge))));
                    }
                }
            }
        }
        return all;
    }

    private static String whole(double value) {
        return String.valueOf((long) value);
    }
}
