package dev.tranche.bench.inference;

import dev.tranche.inference.tree.Layout;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.List;

/// Everyone who answers for a subject: ours first, in the order of the report.
final class Contenders implements AutoCloseable {
    private final List<Contender> all = new ArrayList<>();

    private Contenders() {}

    static Contenders none() {
        return new Contenders();
    }

    /// The contenders of a subject over a table.
    static Contenders of(Subject subject, float[] table) throws Exception {
        Contenders contenders = new Contenders();
        TreeModel model = subject.ours();
        contenders.all.add(Tranche.chosen(model, table));
        for (Layout layout : List.of(Layout.PADDED, Layout.LINKED, Layout.OUTCOMES, Layout.MASKS)) {
            if (layout != model.layout() && model.fits(layout)) {
                contenders.all.add(Tranche.in(model, layout, table));
            }
        }
        contenders.all.add(Tranche.predict(model, table));
        if (subject.isXgboost()) {
            Xgboost4j matrix = Xgboost4j.of(subject, false, table);
            contenders.all.add(matrix);
            contenders.all.add(Xgboost4j.of(subject, true, table));
            contenders.all.add(Onnx.of(OnnxFile.of(model.ensemble()), table));
            contenders.all.add(H2o.of(matrix.binary(), table));
        } else {
            contenders.all.add(Lightgbm4j.of(subject, table));
        }
        return contenders;
    }

    List<Contender> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        for (Contender contender : all) {
            contender.close();
        }
    }
}
