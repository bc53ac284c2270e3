package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.linear.LinearModel;
import dev.tranche.inference.link.FloatLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// What an XGBoost file says, in whichever of its three notations: read by [XgboostDocument] and
/// [XgboostBinary], which meet here.
///
/// @param version the library that wrote it
/// @param link from margins to outputs
/// @param start the base margin of each output group, in float
/// @param inputNames the names of the features
/// @param categories the categories of each feature by code, where the file names them (since 3.1)
/// @param booster the trees or the weights
/// @param bestRound the rounds up to the best iteration; 0 where the file names none
record XgboostFile(
        XgboostVersion version,
        FloatLink link,
        List<Double> start,
        List<String> inputNames,
        List<List<String>> categories,
        Booster booster,
        int bestRound) {
    /// The most features that are read: a row of a million doubles is no request.
    static final int MOST_FEATURES = 1 << 20;

    /// The most classes or targets that are read.
    static final int MOST_GROUPS = 1 << 16;

    /// What is learnt.
    sealed interface Booster {
        /// Trees, the output group of each, and the index of the first tree of each round, closed by their
        /// number.
        record Trees(List<Tree> trees, List<Integer> groups, List<Integer> roundStarts) implements Booster {}

        /// The weights of a linear booster: feature by feature, one for each group, the biases last.
        record Linear(List<Float> weights) implements Booster {}
    }

    /// The names `f0, f1, …` of a file that names no features.
    static List<String> numbered(int features) {
        return IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
    }

    /// The base margins: one for each group, from as many scores or from a single one for all.
    static List<Double> margins(Objective.Start base, List<Float> scores, int groups) {
        if (scores.size() != groups && scores.size() != 1) {
            throw ArtifactException.of(
                    "model_base_score", "base_score must have 1 or " + groups + " values: " + scores.size());
        }
        float[] all = new float[groups];
        for (int group = 0; group < groups; group++) {
            all[group] = scores.get(scores.size() == 1 ? 0 : group);
        }
        List<Double> margins = new ArrayList<>();
        for (float margin : base.margins(all)) {
            if (!Float.isFinite(margin)) {
                throw ArtifactException.of(
                        "model_base_score", "base_score has no finite margin (" + base + "): " + scores);
            }
            margins.add((double) margin);
        }
        return margins;
    }

    /// The first tree of each round where the file does not say: rounds of equal length.
    static List<Integer> equalRounds(int trees, int perRound) {
        if (perRound < 1 || trees % perRound != 0) {
            throw ArtifactException.of(
                    "model_rounds", trees + " trees are no whole number of rounds of " + perRound + " trees");
        }
        return IntStream.rangeClosed(0, trees / perRound)
                .map(round -> round * perRound)
                .boxed()
                .toList();
    }

    /// The model of these rounds.
    Model compile(Rounds rounds) {
        return switch (booster) {
            case Booster.Trees trees -> compile(trees, rounds);
            case Booster.Linear linear -> {
                if (!(rounds instanceof Rounds.All)) {
                    throw ArtifactException.of(
                            "model_rounds", "a linear booster is one sum: rounds must be all: " + rounds);
                }
                yield LinearModel.of(inputNames, linear.weights(), start, link);
            }
        };
    }

    private Model compile(Booster.Trees trees, Rounds rounds) {
        List<Integer> starts = trees.roundStarts();
        int count = rounds(rounds, starts.size() - 1);
        int used = starts.get(count);
        List<List<String>> named =
                categories.isEmpty() ? Collections.nCopies(inputNames.size(), List.of()) : categories;
        Ensemble ensemble = new Ensemble(
                Precision.FLOAT,
                inputNames,
                trees.trees().subList(0, used),
                trees.groups().subList(0, used),
                start,
                1,
                link,
                named);
        return TreeModel.of(ensemble, TreeShap.explainer(ensemble), about(rounds, starts.size() - 1, count));
    }

    private String about(Rounds rounds, int inFile, int used) {
        String best = bestRound < 1 ? "no best iteration" : "best iteration " + (bestRound - 1);
        return "XGBoost " + version.major() + "." + version.minor() + ", " + inFile + " rounds in the file, " + best
                + ", rounds: " + rounds + " uses " + used;
    }

    private int rounds(Rounds rounds, int inFile) {
        return switch (rounds) {
            case Rounds.All all -> inFile;
            case Rounds.Best best -> {
                if (bestRound < 1 || bestRound > inFile) {
                    throw ArtifactException.of(
                            "model_rounds",
                            bestRound < 1
                                    ? "the file names no best_iteration; use all or a number"
                                    : "best_iteration must be within 0.." + (inFile - 1) + ": " + (bestRound - 1));
                }
                yield bestRound;
            }
            case Rounds.First first -> {
                if (first.count() > inFile) {
                    throw ArtifactException.of(
                            "model_rounds", "rounds must be within 1.." + inFile + ": " + first.count());
                }
                yield first.count();
            }
        };
    }
}
