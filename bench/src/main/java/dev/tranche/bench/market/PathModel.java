package dev.tranche.bench.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.format.Json;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadRecorder;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.spread.SpreadTarget;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// A spread model of seed 002's shape, 100 trees of depth 6, trained by XGBoost itself on the features of the
/// recording that is played: what is measured is what a model costs, not what it knows.
final class PathModel {
    private static final int HORIZON = 50;
    private static final int TREES = 100;
    private static final int SAMPLE_MILLIS = 100;

    private PathModel() {}

    static Artifact train(PathRecording recording) throws IOException {
        SpreadRecorder recorder = SpreadRecorder.of(SAMPLE_MILLIS);
        BinanceDecoder decoder = BinanceDecoder.of(
                recording.instrument(), BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, recorder));
        for (int i = 0; i < recording.messages(); i++) {
            decoder.message(recording.received(i), recording.bytes(), recording.from(i), recording.to(i));
        }
        SpreadTape tape = recorder.tape();
        double[] targets = SpreadTarget.MOVE.of(tape, HORIZON);
        int width = SpreadFeature.names().size();
        float[] flat = new float[tape.size() * width];
        float[] labels = new float[tape.size()];
        int rows = 0;
        for (int sample = 0; sample < tape.size(); sample++) {
            if (Double.isNaN(targets[sample])) {
                continue;
            }
            for (int place = 0; place < width; place++) {
                flat[rows * width + place] = (float) tape.feature(sample, place);
            }
            labels[rows++] = (float) targets[sample];
        }
        try {
            DMatrix matrix = new DMatrix(Arrays.copyOf(flat, rows * width), rows, width, Float.NaN);
            matrix.setFeatureNames(SpreadFeature.names().toArray(String[]::new));
            matrix.setLabel(Arrays.copyOf(labels, rows));
            Map<String, Object> parameters = Map.of(
                    "objective",
                    "reg:squarederror",
                    "tree_method",
                    "hist",
                    "max_depth",
                    6,
                    "eta",
                    0.1,
                    "seed",
                    7,
                    "nthread",
                    1);
            Booster booster = XGBoost.train(matrix, parameters, TREES, Map.of(), null, null);
            byte[] file = booster.toByteArray("ubj");
            booster.dispose();
            matrix.dispose();
            return Artifact.open(Map.of(
                    "model.ubj",
                    file,
                    "model.yaml",
                    model().canonical().getBytes(UTF_8),
                    "features.json",
                    features().canonical().getBytes(UTF_8)));
        } catch (XGBoostError failed) {
            throw new IOException("xgboost4j failed: " + failed.getMessage(), failed);
        }
    }

    private static Json.Struct model() {
        return Json.struct(
                Map.entry("name", Json.of("btc_spread_xgb_v1.0")),
                Map.entry("format", Json.of("xgboost")),
                Map.entry("file", Json.of("model.ubj")),
                Map.entry("output", Json.of("value")),
                Map.entry(
                        "label",
                        Json.struct(
                                Map.entry("name", Json.of(SpreadSchema.LABEL)),
                                Map.entry("definition", Json.of("twice the size of the mid's move in five seconds")),
                                Map.entry("positive", Json.of("none")))));
    }

    private static Json.Struct features() {
        List<Json> all = Arrays.stream(SpreadFeature.values())
                .map(feature -> (Json) Json.struct(
                        Map.entry("name", Json.of(feature.toString())),
                        Map.entry("type", Json.of("number")),
                        Map.entry("missing", Json.of("reject")),
                        Map.entry("range", new Json.Items(List.of(Json.of(feature.least()), Json.of(feature.most()))))))
                .toList();
        return Json.struct(Map.entry("features", new Json.Items(all)));
    }
}
