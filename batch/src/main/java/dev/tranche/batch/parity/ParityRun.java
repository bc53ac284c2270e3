package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import dev.tranche.batch.parity.ParityResult.Verdict;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.inference.pmml.PmmlModel;
import dev.tranche.inference.tree.TreeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Runs one case: reads each form of the model, scores the rows, compares.
final class ParityRun {
    private final Path folder;
    private final ParityCase of;
    private final Comparison comparison;
    private String by = "";

    private ParityRun(Path folder, ParityCase of) {
        this.folder = folder;
        this.of = of;
        comparison = new Comparison(of.absolute(), of.relative());
    }

    static ParityResult run(Path folder, ParityCase of) {
        try {
            return new ParityRun(folder, of).run();
        } catch (IOException e) {
            return new ParityResult(of, Verdict.FAILED, Double.NaN, "cannot be read: " + e);
        } catch (RuntimeException e) {
            return new ParityResult(of, Verdict.FAILED, Double.NaN, "broke off: " + e);
        }
    }

    private ParityResult run() throws IOException {
        List<Path> forms = CasePaths.models(folder, of.model());
        int refusals = 0;
        String reason = "";
        for (Path form : forms) {
            Model model;
            try {
                if (of.encoding().equals("tensorproto")) {
                    by = ", by " + OnnxAnswers.compare(folder, form, of, comparison);
                    continue;
                }
                model = ModelFile.read(of.format(), Files.readAllBytes(form), Rounds.parse(of.rounds()));
            } catch (ArtifactException e) {
                refusals++;
                String scope = e.code().equals("model_format") ? "outside the scope: " : "";
                reason = scope + form.getFileName() + ": " + e.code() + ": " + e.getMessage();
                continue;
            }
            if (!of.expect().equals("none")) {
                compare(model);
            }
        }
        return verdict(forms, refusals, reason);
    }

    private ParityResult verdict(List<Path> forms, int refusals, String reason) {
        boolean refusable = of.policy() == ParityCase.Policy.REFUSE || of.policy() == ParityCase.Policy.MAY_REFUSE;
        if (refusals > 0 && !(refusable && refusals == forms.size())) {
            return new ParityResult(of, Verdict.FAILED, Double.NaN, "refused, but must not be: " + reason);
        }
        if (refusals > 0) {
            return new ParityResult(of, Verdict.REFUSED, Double.NaN, reason);
        }
        if (of.policy() == ParityCase.Policy.REFUSE) {
            return new ParityResult(of, Verdict.FAILED, Double.NaN, "accepted, but must be refused");
        }
        String failure = comparison.firstFailure();
        String read = forms.size() + (forms.size() == 1 ? " form" : " forms") + " read";
        return failure == null
                ? new ParityResult(
                        of,
                        Verdict.PASSED,
                        comparison.largest(),
                        comparison.units(),
                        read + ", " + comparison.compared() + " values" + by)
                : new ParityResult(of, Verdict.FAILED, comparison.largest(), failure);
    }

    private void compare(Model model) throws IOException {
        comparison.precision(model.precision());
        if (of.expect().equals("score+reasons")) {
            PmmlAnswers.reasons((PmmlModel) model, of, comparison);
            return;
        }
        List<double[]> rows = Rows.read(model, folder.resolve(of.input()), of.encoding());
        List<Path> files = CasePaths.expected(folder, of.expected());
        List<Prediction> predictions =
                rows.stream().map(row -> model.predict(row, Deadline.NONE)).toList();
        List<double[]> outputs = predictions.stream().map(Prediction::outputs).toList();
        List<double[]> margins = predictions.stream().map(Prediction::margins).toList();
        switch (of.expect()) {
            case "output", "probability" -> whole("output", outputs, files.getFirst());
            case "margin", "leaf-average" -> whole("margin", margins, files.getFirst());
            case "probability+margin" -> {
                whole("output", outputs, files.getFirst());
                whole("margin", margins, files.get(1));
            }
            case "probability+margin+shap" -> {
                Table table = Table.answers(files.getFirst());
                comparison.compare("output", outputs, table.rows(), List.of(table.column("probability")));
                comparison.compare("margin", margins, table.rows(), List.of(table.column("margin")));
                whole("contribution", contributions(model, rows, files.get(1)), files.get(1));
            }
            case "class+probabilities" ->
                PmmlAnswers.classes((PmmlModel) model, outputs, Table.answers(files.getFirst()), comparison);
            case "leaf-indices" -> whole("leaf", leaves(model, rows), files.getFirst());
            default -> throw new IllegalArgumentException("it is not known how to compare: " + of.expect());
        }
    }

    private List<double[]> contributions(Model model, List<double[]> rows, Path file) throws IOException {
        TreeShap shap = TreeShap.of(((TreeModel) model).ensemble());
        int known = Table.answers(file).rows().size();
        return rows.stream().limit(known).map(row -> shap.contributions(row, 0)).toList();
    }

    private static List<double[]> leaves(Model model, List<double[]> rows) {
        TreeModel trees = (TreeModel) model;
        return rows.stream()
                .map(row -> IntStream.of(trees.leaves(row)).asDoubleStream().toArray())
                .toList();
    }

    private void whole(String what, List<double[]> answers, Path file) throws IOException {
        Table table = Table.answers(file);
        if (table.rows().size() != answers.size()) {
            comparison.compare(what, List.of(), table.rows(), List.of());
            return;
        }
        int width = answers.isEmpty() ? 0 : answers.getFirst().length;
        comparison.compare(what, answers, table.rows(), columns(table, width));
    }

    /// The columns of the known answers: of a classifier the probabilities (of two classes the second's,
    /// where we answer one), else all.
    private static List<Integer> columns(Table table, int width) {
        List<Integer> probabilities = new ArrayList<>();
        for (int i = 0; i < table.header().size(); i++) {
            if (table.header().get(i).startsWith("probability")) {
                probabilities.add(i);
            }
        }
        if (probabilities.isEmpty()) {
            return IntStream.range(0, table.rows().getFirst().size()).boxed().toList();
        }
        return probabilities.size() == 2 * width
                ? IntStream.range(0, width)
                        .mapToObj(i -> probabilities.get(2 * i + 1))
                        .toList()
                : probabilities;
    }
}
