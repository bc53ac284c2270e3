package dev.tranche.inference;

import java.util.List;

/// Splits a margin of a model into parts by input: `margin = base + direction · Σ parts`.
///
/// A positive part moves the answer towards the positive label (a bad loan, where `label.positive` is `bad`).
/// A margin in log-odds rises with its parts; the points of a scorecard fall. Immutable and safe for any
/// number of threads.
public interface Explainer {
    /// How the parts are computed; recorded with every decision because the method changes the reasons.
    Contributions.Method method();

    /// What the parts are measured against, in words that name the bytes where there are any; recorded too.
    String reference();

    /// How many margins can be explained; they are numbered from 0.
    default int margins() {
        return 1;
    }

    /// The margin of somebody whose parts are all zero.
    ///
    /// @param margin from 0 to [#margins] exclusive
    double base(int margin);

    /// 1 where the margin rises with its parts, -1 where it falls.
    default int direction() {
        return 1;
    }

    /// What the parts are called when they are not the inputs one by one, as in a scorecard whose
    /// characteristics read several fields; empty when part `i` is that of input `i`.
    default List<Line> lines() {
        return List.of();
    }

    /// A part that is not one input's.
    ///
    /// @param name its name, for instance that of a characteristic
    /// @param inputs the names of the inputs it reads
    /// @param codes the reason codes that the file may give for it; empty when the file gives none
    record Line(String name, List<String> inputs, List<String> codes) {
        /// Copies the lists.
        public Line {
            inputs = List.copyOf(inputs);
            codes = List.copyOf(codes);
        }
    }

    /// The parts of one margin, in the order of the inputs or of [#lines].
    ///
    /// @param vector as many values as there are inputs; `NaN` is missing
    /// @param margin from 0 to [#margins] exclusive
    /// @param deadline polled between blocks of trees
    /// @throws DeadlinePassedException when the deadline passed first
    double[] parts(double[] vector, int margin, Deadline deadline);

    /// The parts of the only margin, however long it takes.
    default double[] parts(double[] vector) {
        return parts(vector, 0, Deadline.NONE);
    }

    /// The reason codes that the model's file gives for these parts, `""` where it gives none; empty when the
    /// file knows no reason codes.
    default List<String> codes(double[] vector) {
        return List.of();
    }
}
