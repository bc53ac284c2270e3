package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.FileFacts;
import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.CellFinding;
import dev.tranche.market.study.CellFinding.Measured;
import dev.tranche.market.study.CellFinding.TooSmall;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.FoldFinding;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.PlaceboFindings.Illusion;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import dev.tranche.market.study.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The findings of a study for programs. The same findings are the same bytes; a number that is none is null.
final class StudyJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StudyJson() {}

    /// Everything, on one line.
    static String document(Evidence evidence) {
        ObjectNode node = NODES.objectNode();
        ArrayNode symbols = node.putArray("symbols");
        evidence.markets().forEach(market -> symbols.add(market.symbol()));
        Conclusion conclusion = Conclusion.of(evidence.findings(), evidence.placebo(), evidence.trials());
        node.put("conclusion", word(conclusion.verdict()));
        ArrayNode sentences = node.putArray("because");
        conclusion.sentences().forEach(sentences::add);
        node.put("period_ms", evidence.study().periodMillis());
        node.put("periods", evidence.study().periods());
        node.set("findings", findings(evidence.findings()));
        node.set("placebo", placebo(evidence.placebo()));
        ObjectNode calibration = node.putObject("calibration");
        calibration.put("cell", evidence.calibration().cell().toString());
        CalibrationYaml.body(calibration, evidence);
        return JsonMapper.shared().writeValueAsString(node);
    }

    static ObjectNode findings(Findings findings) {
        ObjectNode node = NODES.objectNode();
        node.put("events", findings.events());
        node.put("conflicts", findings.conflicts());
        node.put("unfinished", findings.unfinished());
        node.set("parameters", parameters(findings.parameters()));
        node.set("settings", settings(findings.settings()));
        node.set("cells", cells(findings.cells()));
        ArrayNode folds = node.putArray("folds");
        for (FoldFinding fold : findings.folds()) {
            folds.add(fold(fold));
        }
        return node;
    }

    static ObjectNode fold(FoldFinding fold) {
        ObjectNode node = NODES.objectNode();
        node.put("fold", fold.fold().number());
        node.put("train_from", instant(fold.fold().trainFromMillis()));
        node.put("train_to", instant(fold.fold().trainToMillis()));
        node.put("test_from", instant(fold.fold().testFromMillis()));
        node.put("test_to", instant(fold.fold().testToMillis()));
        node.set("cells", cells(fold.cells()));
        return node;
    }

    static ArrayNode cells(List<CellFinding> cells) {
        ArrayNode array = NODES.arrayNode();
        cells.forEach(found -> array.add(cell(found)));
        return array;
    }

    static ObjectNode cell(CellFinding found) {
        ObjectNode node = NODES.objectNode();
        name(node, found.cell());
        node.put("horizon", found.horizon());
        node.put("n", found.n());
        switch (found) {
            case TooSmall small -> node.put("needed", small.needed()).put("verdict", "n too small");
            case Measured cell -> measured(node, cell);
        }
        return node;
    }

    private static void measured(ObjectNode node, Measured cell) {
        node.put("hits", cell.hits());
        number(node, "accuracy", cell.hitRate());
        interval(node, "accuracy", cell.accuracy());
        number(node, "chance", cell.chance());
        number(node, "p", cell.p());
        number(node, "gross_return", cell.gross());
        number(node, "net_return", cell.net());
        interval(node, "net_return", cell.netInterval());
        number(node, "spearman_rho", cell.spearman().rho());
        number(node, "spearman_p", cell.spearman().p());
        number(node, "spearman_p_bootstrap", cell.spearmanP());
        number(node, "sharpe", cell.sharpe());
        number(node, "probabilistic_sharpe", cell.probabilisticSharpe());
    }

    private static void name(ObjectNode node, Cell cell) {
        node.put("cell", cell.toString());
        node.put("source", cell.source().bucket());
        node.put("session", cell.session().map(StudyJson::word).orElse("all"));
        node.put("liquidity", cell.liquidity().map(StudyJson::word).orElse("all"));
    }

    static ObjectNode placebo(PlaceboFindings placebo) {
        ObjectNode node = NODES.objectNode();
        node.put("verdict", word(placebo.verdict()));
        node.put("within", placebo.verdict() == PlaceboFindings.Verdict.WITHIN);
        node.put("level", placebo.level());
        node.put("seed", placebo.seed());
        ArrayNode cells = node.putArray("cells");
        placebo.cells().forEach(cell -> cells.add(placebo(cell)));
        ArrayNode illusions = node.putArray("from_the_pivot");
        for (Illusion illusion : placebo.illusions()) {
            ObjectNode each = illusions.addObject();
            each.put("control", word(illusion.control()));
            each.put("horizon", illusion.horizon());
            each.put("n", illusion.n());
            number(each, "accuracy", illusion.hitRate());
        }
        return node;
    }

    private static ObjectNode placebo(PlaceboCell found) {
        ObjectNode node = NODES.objectNode();
        node.put("control", word(found.control()));
        name(node, found.cell());
        node.put("horizon", found.horizon());
        node.put("n", found.n());
        switch (found) {
            case PlaceboCell.TooSmall small ->
                node.put("needed", small.needed()).put("verdict", "n too small");
            case PlaceboCell.Judged cell -> {
                node.put("hits", cell.hits());
                number(node, "accuracy", cell.hitRate());
                number(node, "chance", cell.chance());
                interval(node, "band", cell.band());
                node.put("within", cell.within());
            }
        }
        return node;
    }

    static ObjectNode parameters(Parameters parameters) {
        ObjectNode node = NODES.objectNode();
        for (Map.Entry<String, Double> each : parameters.values().entrySet()) {
            double value = each.getValue();
            if (Parameter.parse(each.getKey()).checked(value) == Math.rint(value)) {
                node.put(each.getKey(), (long) value);
            } else {
                node.put(each.getKey(), value);
            }
        }
        return node;
    }

    static ObjectNode settings(Settings settings) {
        ObjectNode node = NODES.objectNode();
        ArrayNode horizons = node.putArray("horizons");
        settings.horizons().forEach(horizons::add);
        node.put("fee_bps", settings.costs().feeBasisPoints());
        node.put("slippage_bps", settings.costs().slippageBasisPoints());
        node.put("session_zone", settings.zone().getId());
        node.put("day_from", settings.dayFrom());
        node.put("day_to", settings.dayTo());
        node.put("minimum", settings.minimum());
        node.put("confidence", settings.confidence());
        node.put("replicates", settings.replicates());
        node.put("folds", settings.folds());
        node.put("seed", settings.seed());
        return node;
    }

    /// The files, each with its digest, in the order of symbols and time.
    static ArrayNode files(List<Market> markets) {
        ArrayNode array = NODES.arrayNode();
        for (Market market : markets) {
            for (FileFacts facts : market.files()) {
                ObjectNode node = array.addObject();
                node.put("file", facts.file());
                node.put("sha256", facts.sha256());
                node.put("symbol", facts.symbol());
                node.put("layout", facts.layout());
                node.put("rows", facts.rows());
                node.put("bars", facts.bars());
                node.put("interval_ms", facts.intervalMillis());
                node.put("from", instant(facts.from()));
                node.put("to", instant(facts.to()));
                node.put("gaps", facts.gaps());
                node.put("missing_bars", facts.missing());
                node.put("bars_with_takers", facts.takerBars());
                node.put("bars_with_book", facts.bookBars());
                ObjectNode bad = node.putObject("left_out");
                facts.bad().forEach(bad::put);
            }
        }
        return array;
    }

    static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    static void interval(ObjectNode node, String name, Interval interval) {
        number(node, name + "_low", interval.low());
        number(node, name + "_high", interval.high());
    }

    static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
