package dev.tranche.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Genuine inputs with which the search begins: our own examples, and small files of the recorded models
/// where that folder is present.
final class Seeds {
    private static final Path MODELS =
            Path.of(System.getProperty("tranche.shared")).resolve("data/models");
    /// Larger files teach the search nothing and cost it time.
    private static final long SMALL = 12_000;

    private Seeds() {}

    static List<byte[]> xgboost() {
        List<byte[]> seeds = recorded("jpmml-xgboost/v3.4.1/xgboost", ".json", ".ubj");
        seeds.addAll(recorded("leaves", "xgagaricus.model", "xgblin_agaricus.model", "xgdermatology.model"));
        return seeds;
    }

    static List<byte[]> lightgbm() {
        List<byte[]> seeds = recorded("leaves", ".txt", "lg_rf_iris.model");
        seeds.addAll(recorded("lleaves/tiniest_single_tree", ".txt"));
        seeds.addAll(recorded("lleaves/single_tree", ".txt"));
        return seeds;
    }

    static List<byte[]> catboost() {
        return List.of(text("{\"features_info\":{\"float_features\":[{\"feature_index\":0,\"flat_feature_index\":0,"
                + "\"borders\":[0.5,1.5],\"has_nans\":true,\"nan_value_treatment\":\"AsFalse\"}]},"
                + "\"model_info\":{\"params\":{\"loss_function\":{\"type\":\"Logloss\"}}},"
                + "\"oblivious_trees\":[{\"splits\":[{\"border\":0.5,\"float_feature_index\":0,"
                + "\"split_index\":0,\"split_type\":\"FloatFeature\"}],\"leaf_values\":[0.1,-0.2],"
                + "\"leaf_weights\":[3,4]}],\"scale_and_bias\":[1,[0.25]]}"));
    }

    static List<byte[]> pmml() {
        List<byte[]> seeds = recorded("jpmml-evaluator-pmml/pmml", ".pmml");
        seeds.addAll(recorded("jpmml-evaluator-pmml/pmml/scorecard", ".pmml"));
        seeds.add(text("<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>"
                + "<DataField name=\"a\" optype=\"continuous\" dataType=\"double\"/>"
                + "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/></DataDictionary>"
                + "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"a\"/>"
                + "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
                + "<RegressionTable intercept=\"1.5\"><NumericPredictor name=\"a\" coefficient=\"2\" exponent=\"2\"/>"
                + "</RegressionTable></RegressionModel></PMML>"));
        return seeds;
    }

    static List<byte[]> json() {
        return List.of(
                text("{\"a\":[1,-2.5e-3,\"\\u00e9\\n\",true,false,null,{}],\"b\":{\"c\":\"\"}}"),
                Examples.file("consumer_apply_scorecard_v1.0/features.json"));
    }

    static List<byte[]> artifact() {
        List<byte[]> seeds = new ArrayList<>();
        List<String> files =
                List.of("model.yaml", "features.json", "transform.yaml", "samples.jsonl", "scorecard.json");
        for (int i = 0; i < files.size(); i++) {
            String folder = i == 2 ? "consumer_apply_xgb_v1.0/" : "consumer_apply_scorecard_v1.0/";
            byte[] file = Examples.file(folder + files.get(i));
            byte[] seed = new byte[Math.min(file.length, (int) SMALL) + 1];
            seed[0] = (byte) i;
            System.arraycopy(file, 0, seed, 1, seed.length - 1);
            seeds.add(seed);
        }
        return seeds;
    }

    static List<byte[]> plans() {
        return List.of(Examples.file("rollout-good.yaml"), text("""
                        rollout:
                          candidate: consumer_apply_xgb_v2.0
                          strategy: canary
                          stages:
                            - {mode: shadow, dwell: 1h, gates: ['requests >= 500']}
                            - {mode: live, share: 5%, dwell: 1d}
                          guards: ['error_rate > 1% for 10m']
                        """), text("""
                        experiment:
                          id: a
                          name: b
                          product: p
                          models:
                            - {id: p_xgb_v1.0, weight: 0.5}
                            - {id: p_xgb_v2.0, weight: 0.5}
                          duration: 1h
                          metrics: [accuracy, latency]
                        """));
    }

    static List<byte[]> gates() {
        return Stream.of(
                        "requests >= 500",
                        "approval_rate within 5pp of live",
                        "calibration_ratio between 0.8 and 1.25",
                        "latency_p95 > 200ms for 5m over 1m",
                        "breaker = HALTED",
                        "memory_used > 80% for 5m")
                .map(Seeds::text)
                .toList();
    }

    /// A trade, a top, a book and a change of it, and a recording of trades as CSV.
    static List<byte[]> feed() {
        return List.of(text("""
                        1723161255088176367 {"stream":"btcusdt@trade","data":{"e":"trade","E":1723161256322,\
                        "T":1723161256322,"s":"BTCUSDT","t":5,"p":"61800.30","q":"0.006","m":false}}
                        1723161255088169167 {"u":51,"s":"BTCUSDT","b":"1.2","B":"2","a":"1.3","A":"2"}
                        1723161255319702566 {"lastUpdateId":52,"bids":[["1.20","2.909"]],"asks":[["1.3","2"]]}
                        1723161255330314667 {"e":"depthUpdate","E":1723161256299,"s":"BTCUSDT","U":53,"u":57,\
                        "pu":52,"b":[["1.25","0.014"]],"a":[]}
                        """), text("""
                        Cevent_ts_ms,recv_ts_ms,price,qty,signed_qty,recorded_cvd
                        1760999625094,1760999625209,110717.89,0.005,-5e-03,-0.005
                        """), text("""
                        CTimestampOfReceive,TransactionTime,Symbol,FirstUpdateId,FinalUpdateId,IsAsk,Price,Quantity
                        1741046400085,1741046400049,BTCUSDT,10,12,0,0.23,17739.0
                        """));
    }

    static List<byte[]> requests() {
        return List.of(
                text("{\"loan_id\":\"L1\",\"product\":\"consumer_apply\",\"features\":{\"duration_months\":12,"
                        + "\"purpose\":\"radio/tv\",\"age\":null},\"unit\":\"u\",\"model\":\"consumer_apply\"}"),
                text("{\"model_id\":\"consumer_apply_scorecard_v1.0\",\"features\":{}}"));
    }

    static List<byte[]> zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file :
                    Map.of("f/a.yaml", text("a: 1"), "f/b", new byte[300]).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(bytes.toByteArray());
    }

    static List<byte[]> tensors() {
        return List.of(
                text("\0{\"id\":\"1\",\"parameters\":{\"timeout\":5,\"a\":\"b\"},\"inputs\":[{\"name\":\"age\","
                        + "\"shape\":[2,1],\"datatype\":\"FP64\",\"data\":[[1.5],[null]]},{\"name\":\"n\",\"shape\":[2],"
                        + "\"datatype\":\"BYTES\",\"data\":[\"x\",\"y\"]}],\"outputs\":[{\"name\":\"score\"}]}"),
                text("\10{\"inputs\":[{\"name\":\"a\",\"shape\":[1],\"datatype\":\"FP64\","
                        + "\"parameters\":{\"binary_data_size\":8}}]}12345678"));
    }

    /// `ModelInfer` with one input in its contents, and one in raw bytes.
    static List<byte[]> messages() {
        return List.of(
                HexFormat.of().parseHex("0a016d1a01692a150a01611204465036341a010222080a2a2a062a040000803f"),
                HexFormat.of().parseHex("0a016d2a0d0a01611204465036341a01013a080000000000000840"));
    }

    static List<byte[]> onnx() {
        List<byte[]> seeds = recorded("onnx-ai-ml/test_ai_onnx_ml_tree_ensemble_single_tree", ".onnx");
        seeds.addAll(small(
                Path.of(System.getProperty("tranche.root")).resolve("inference-onnx/src/test/resources/vectors"),
                ".onnx"));
        return seeds;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Small files below a folder of recorded models; none when the folder is absent.
    private static List<byte[]> recorded(String folder, String... endings) {
        return small(MODELS.resolve(folder), endings);
    }

    private static List<byte[]> small(Path path, String... endings) {
        List<byte[]> found = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            return found;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                if (Stream.of(endings).anyMatch(file.toString()::endsWith) && Files.size(file) < SMALL) {
                    found.add(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
