package dev.tranche.examples.market;

import dev.tranche.examples.artifact.Yaml;
import dev.tranche.inference.format.Json;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadFeatures;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the artifact folder of a spread model.
///
/// @param quantile learnt of the target move
record SpreadFolder(Path path, String name, SpreadTarget target, double quantile) {
    private static final int GOLDEN = 240;
    private static final long NANOS_A_MILLI = 1_000_000;

    /// @param parameters what XGBoost was told
    /// @param csv the rows came from
    /// @param training rows learnt from
    /// @param findings rules that know less, fitted on them
    /// @param golden rows to choose golden ones among
    void write(
            SpreadTrees trees,
            String parameters,
            Path csv,
            SpreadRows training,
            Findings findings,
            SpreadRows golden,
            String card)
            throws IOException {
        Files.createDirectories(path);
        Files.write(path.resolve("model.ubj"), trees.file());
        Files.writeString(path.resolve("model.yaml"), Yaml.of(model(parameters, csv, training, findings), 2));
        Files.writeString(path.resolve("features.json"), features());
        Files.writeString(path.resolve("samples.jsonl"), samples(trees, golden));
        Files.writeString(path.resolve("card.md"), card);
    }

    private Json.Struct model(String parameters, Path csv, SpreadRows training, Findings findings) throws IOException {
        Map<String, Json> provenance = new LinkedHashMap<>();
        provenance.put("trained_by", Json.of("tranche examples train-spread"));
        provenance.put("data", Json.of(String.valueOf(csv.getFileName())));
        provenance.put("data_sha256", Json.of(sha256(csv)));
        provenance.put("library", Json.of(SpreadTrees.LIBRARY));
        provenance.put("parameters", Json.of(parameters));
        provenance.put("target", Json.of(target.toString()));
        provenance.put("quantile", Json.of(quantile));
        provenance.put("horizon_millis", Json.of(training.horizonMillis()));
        provenance.put("sample_millis", Json.of(SpreadFeatures.USUAL_MILLIS));
        provenance.put("trained_from_millis", Json.of(training.from() / NANOS_A_MILLI));
        provenance.put("trained_to_millis", Json.of(training.to() / NANOS_A_MILLI));
        provenance.put("constant", Json.of(findings.constant()));
        provenance.put("volatility_factor", Json.of(findings.factor()));
        return Json.struct(
                Map.entry("name", Json.of(name)),
                Map.entry("format", Json.of("xgboost")),
                Map.entry("file", Json.of("model.ubj")),
                Map.entry("output", Json.of("value")),
                Map.entry(
                        "label",
                        Json.struct(
                                Map.entry("name", Json.of(SpreadSchema.LABEL)),
                                Map.entry("definition", Json.of(definition())),
                                Map.entry("positive", Json.of("none")))),
                Map.entry("provenance", new Json.Struct(provenance)));
    }

    private String definition() {
        String of = switch (target) {
            case SEED -> "the cheapest of twelve candidates for the mean future move";
            case MOVE -> String.format(Locale.ROOT, "the %.2f quantile of twice the size of the mid's move", quantile);
            case MARKOUT -> "the mean of twice the mid's move in the takers' direction";
        };
        return "spread, bid to ask, in basis points of the mid: " + of;
    }

    private static String features() {
        List<String> lines = new ArrayList<>();
        for (SpreadFeature feature : SpreadFeature.values()) {
            lines.add("    "
                    + Json.struct(
                                    Map.entry("name", Json.of(feature.toString())),
                                    Map.entry("type", Json.of("number")),
                                    Map.entry("missing", Json.of("reject")),
                                    Map.entry(
                                            "range",
                                            new Json.Items(List.of(Json.of(low(feature)), Json.of(high(feature))))))
                            .canonical());
        }
        return "{\n  \"features\": [\n" + String.join(",\n", lines) + "\n  ]\n}\n";
    }

    private static double low(SpreadFeature feature) {
        return feature == SpreadFeature.SAMPLE_MILLIS ? SpreadFeatures.USUAL_MILLIS : feature.least();
    }

    private static double high(SpreadFeature feature) {
        return feature == SpreadFeature.SAMPLE_MILLIS ? SpreadFeatures.USUAL_MILLIS : feature.most();
    }

    private static String samples(SpreadTrees trees, SpreadRows rows) {
        List<SpreadRows.Row> chosen = new ArrayList<>();
        int step = Math.max(1, rows.size() / GOLDEN);
        for (int i = 0; i < rows.size(); i += step) {
            chosen.add(rows.all().get(i));
        }
        SpreadRows golden = new SpreadRows(chosen, rows.horizonMillis());
        double[] margins = trees.predict(golden, true);
        double[] outputs = trees.predict(golden, false);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < margins.length; i++) {
            Map<String, Json> input = new LinkedHashMap<>();
            List<Json> vector = new ArrayList<>();
            for (SpreadFeature feature : SpreadFeature.values()) {
                Json value = Json.of(chosen.get(i).features()[feature.place()]);
                input.put(feature.toString(), value);
                vector.add(value);
            }
            text.append(Json.struct(
                                    Map.entry("input", new Json.Struct(input)),
                                    Map.entry("transformed", new Json.Items(vector)),
                                    Map.entry("margin", new Json.Items(List.of(Json.of(margins[i])))),
                                    Map.entry("output", new Json.Items(List.of(Json.of(outputs[i])))))
                            .canonical())
                    .append('\n');
        }
        return text.toString();
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
