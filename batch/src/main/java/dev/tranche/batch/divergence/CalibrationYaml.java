package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.batch.divergence.read.Span;
import dev.tranche.market.study.Acceptance;
import dev.tranche.market.study.Calibration;
import dev.tranche.market.study.HorizonCalibration;
import dev.tranche.market.study.HorizonCalibration.Fitted;
import dev.tranche.market.study.HorizonCalibration.TooSmall;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.ScoreBin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// `calibration.yaml`, the version that is registered and released: `docs/reference/calibration.md`.
final class CalibrationYaml {
    /// Of the detector whose scores these are. Another one scores otherwise, and its calibration is another.
    static final String DETECTOR = "divergence-1";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private CalibrationYaml() {}

    /// The first horizon that has too few events.
    static Optional<TooSmall> tooSmall(Calibration calibration) {
        return calibration.horizons().stream()
                .filter(TooSmall.class::isInstance)
                .map(TooSmall.class::cast)
                .findFirst();
    }

    static String of(Evidence evidence, CalibrationTerms terms) {
        Calibration calibration = evidence.calibration();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode node = root.putObject("calibration");
        node.put("name", terms.name());
        node.put(
                "made",
                terms.made().orElse(Instant.ofEpochMilli(evidence.endMillis())).toString());
        node.put("valid", valid(terms.valid()));
        node.put("detector", DETECTOR);
        ArrayNode symbols = node.putArray("symbols");
        evidence.markets().forEach(market -> symbols.add(market.symbol()));
        node.put("interval", Span.text(interval(evidence)));
        node.put("source", calibration.cell().source().name());
        node.put("cell", calibration.cell().toString());
        node.set("parameters", StudyJson.parameters(calibration.parameters()));
        node.putArray("contexts");
        body(node, evidence);
        return YAML.writeValueAsString(root);
    }

    /// What the calibration says, without name and time: the same in `study.json`.
    static void body(ObjectNode node, Evidence evidence) {
        Calibration calibration = evidence.calibration();
        ObjectNode horizons = node.putObject("horizons");
        ObjectNode monotonic = node.putObject("monotonic");
        ObjectNode spearman = node.putObject("spearman");
        for (HorizonCalibration horizon : calibration.horizons()) {
            String bars = Integer.toString(horizon.horizon());
            ArrayNode bins = horizons.putArray(bars);
            switch (horizon) {
                case TooSmall few -> spearman.putObject(bars).put("n", few.n()).put("needed", few.needed());
                case Fitted fitted -> {
                    fitted.bins().forEach(bin -> bins.add(bin(bin)));
                    monotonic.put(bars, fitted.monotonic());
                    ObjectNode rank = spearman.putObject(bars);
                    StudyJson.number(rank, "rho", fitted.spearman().rho());
                    StudyJson.number(rank, "p", fitted.spearman().p());
                    StudyJson.number(rank, "p_bootstrap", fitted.spearmanP());
                    rank.put("n", fitted.n());
                }
            }
        }
        node.set("acceptance", acceptance(calibration.acceptance()));
        ObjectNode placebo = node.putObject("placebo");
        placebo.put("within", evidence.placebo().verdict() == PlaceboFindings.Verdict.WITHIN);
        placebo.put("cells", evidence.placebo().judged().size());
        placebo.put("band", evidence.placebo().level());
        placebo.put("seed", evidence.placebo().seed());
        node.put("trials", evidence.trials());
        node.set("study", StudyJson.settings(evidence.study().settings()));
        node.set("data", StudyJson.files(evidence.markets()));
    }

    private static long interval(Evidence evidence) {
        return evidence.markets().stream()
                .mapToLong(Market::intervalMillis)
                .max()
                .orElse(0);
    }

    private static String valid(Duration valid) {
        return valid.toMillis() % Duration.ofDays(1).toMillis() == 0
                ? valid.toDays() + "d"
                : Span.text(valid.toMillis());
    }

    private static ObjectNode bin(ScoreBin bin) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("score_min", bin.scoreMin());
        node.put("score_max", bin.scoreMax());
        node.put("n", bin.n());
        node.put("win_rate", bin.winRate());
        StudyJson.interval(node, "win_rate", bin.winRateBand());
        node.put("expected_return", bin.expectedReturn());
        StudyJson.interval(node, "expected_return", bin.expectedReturnBand());
        return node;
    }

    private static ObjectNode acceptance(Acceptance acceptance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("met", acceptance.met());
        node.put("trials", acceptance.trials());
        ArrayNode points = node.putArray("points");
        for (Acceptance.Point point : acceptance.points()) {
            points.addObject()
                    .put("name", point.name())
                    .put("required", point.required())
                    .put("found", point.found())
                    .put("met", point.met());
        }
        return node;
    }
}
