package dev.tranche.inference.explain;

import java.util.ArrayList;
import java.util.List;

/// The people with whom an applicant is compared: rows of the model's input, kept with the model.
///
/// Which rows they are changes the reasons (12 CFR 1002.9(b)(2), comment 5: those at or slightly above the
/// cutoff, or all applicants), so the name says which bytes they come from. Immutable.
public final class Background {
    /// Most rows: time and memory of an explanation grow with them, and more do not change the ranking.
    public static final int MOST_ROWS = 1024;

    private final String name;
    private final List<double[]> rows;

    private Background(String name, List<double[]> rows) {
        this.name = name;
        this.rows = rows;
    }

    /// A background.
    ///
    /// @param name its file, size and digest, for the record of a decision
    /// @param rows 1..1024 vectors of the model's input
    /// @throws IllegalArgumentException when there are none or too many
    public static Background of(String name, List<double[]> rows) {
        if (rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw new IllegalArgumentException("a background must have 1.." + MOST_ROWS + " rows: " + rows.size());
        }
        List<double[]> copies = new ArrayList<>(rows.size());
        rows.forEach(row -> copies.add(row.clone()));
        return new Background(name, copies);
    }

    /// Its file, size and digest.
    public String name() {
        return name;
    }

    /// How many rows there are, 1..1024.
    public int size() {
        return rows.size();
    }

    /// A copy of one row.
    public double[] row(int i) {
        return rows.get(i).clone();
    }
}
