package dev.tranche.batch.divergence;

import dev.tranche.market.study.GridFindings;
import dev.tranche.market.study.GridFindings.Best;
import dev.tranche.market.study.GridFindings.Step;
import dev.tranche.market.study.Settings;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What a search found, for programs. The same findings are the same bytes.
final class TuneJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TuneJson() {}

    static String document(TuneFindings findings, Settings settings) {
        ObjectNode node = NODES.objectNode();
        node.put("parameter_sets", findings.sets());
        node.put("trials", findings.trials());
        node.set("settings", StudyJson.settings(settings));
        ArrayNode together = node.putArray("together");
        findings.together().forEach(found -> together.add(found(found)));
        ArrayNode cells = node.putArray("cells");
        for (TuneFindings.BestOfCell cell : findings.cells()) {
            ObjectNode each = cells.addObject();
            each.put("cell", cell.cell().toString());
            each.setAll(found(cell.found()));
        }
        node.set("data", StudyJson.files(findings.markets()));
        return JsonMapper.shared().writeValueAsString(node);
    }

    /// The best of all at the first horizon, as a file for `--parameters`: it knows how many trials it was
    /// chosen from.
    static Optional<String> best(TuneFindings findings) {
        return findings.together().getFirst().best().map(best -> {
            ObjectNode node = NODES.objectNode();
            node.set("parameters", StudyJson.parameters(best.parameters()));
            node.put("trials", findings.trials());
            node.put("cell", best.finding().cell().toString());
            node.put("horizon", best.finding().horizon());
            node.put("deflated_sharpe", best.deflatedSharpe());
            return YAMLMapper.shared().writeValueAsString(node);
        });
    }

    private static ObjectNode found(GridFindings found) {
        ObjectNode node = NODES.objectNode();
        node.put("horizon", found.horizon());
        node.put("trials", found.trials());
        node.put("measured", found.measured());
        found.best().ifPresent(best -> node.set("best", best(best)));
        StudyJson.number(node, "reality_check_p", found.realityCheckP());
        ObjectNode superior = node.putObject("superior_ability_p");
        StudyJson.number(superior, "lower", found.superior().lower());
        StudyJson.number(superior, "consistent", found.superior().consistent());
        StudyJson.number(superior, "upper", found.superior().upper());
        StudyJson.number(node, "best_accuracy_p", found.accuracyP());
        ArrayNode steps = node.putArray("walk_forward");
        found.walkForward().forEach(step -> steps.add(step(step)));
        return node;
    }

    private static ObjectNode best(Best best) {
        ObjectNode node = NODES.objectNode();
        node.set("parameters", StudyJson.parameters(best.parameters()));
        node.set("finding", StudyJson.cell(best.finding()));
        StudyJson.number(node, "sharpe", best.sharpe());
        StudyJson.number(node, "expected_maximum", best.expectedMaximum());
        StudyJson.number(node, "deflated_sharpe", best.deflatedSharpe());
        return node;
    }

    private static ObjectNode step(Step step) {
        ObjectNode node = NODES.objectNode();
        node.put("fold", step.fold().number());
        node.put("train_from", StudyJson.instant(step.fold().trainFromMillis()));
        node.put("train_to", StudyJson.instant(step.fold().trainToMillis()));
        node.put("test_from", StudyJson.instant(step.fold().testFromMillis()));
        node.put("test_to", StudyJson.instant(step.fold().testToMillis()));
        step.chosen().ifPresent(chosen -> node.set("chosen", StudyJson.parameters(chosen)));
        step.found().ifPresent(found -> node.set("found", StudyJson.cell(found)));
        return node;
    }
}
