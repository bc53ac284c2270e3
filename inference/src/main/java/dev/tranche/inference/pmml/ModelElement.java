package dev.tranche.inference.pmml;

import java.util.List;
import java.util.Set;

/// Finds the model element of a file or of a segment and reads it.
final class ModelElement {
    static final Set<String> NAMES = Set.of("Scorecard", "RegressionModel", "TreeModel", "MiningModel");

    private static final Set<String> OTHERS = Set.of(
            "AnomalyDetectionModel",
            "AssociationModel",
            "BayesianNetworkModel",
            "BaselineModel",
            "ClusteringModel",
            "GaussianProcessModel",
            "GeneralRegressionModel",
            "NaiveBayesModel",
            "NearestNeighborModel",
            "NeuralNetwork",
            "RuleSetModel",
            "SequenceModel",
            "SupportVectorMachineModel",
            "TextModel",
            "TimeSeriesModel");

    private ModelElement() {}

    /// The one model inside an element.
    static Element inside(Element element) {
        List<Element> found = element.children().stream()
                .filter(child -> NAMES.contains(child.name()) || OTHERS.contains(child.name()))
                .toList();
        if (found.size() != 1) {
            throw element.wrong("must have one model: " + found.size());
        }
        if (OTHERS.contains(found.getFirst().name())) {
            throw found.getFirst()
                    .unread("is not read; read are " + NAMES.stream().sorted().toList());
        }
        return found.getFirst();
    }

    static Formula formula(Element model, Fields fields, List<String> classes) {
        return switch (model.name()) {
            case "Scorecard" -> PointsCard.read(model, fields);
            case "RegressionModel" -> Regression.read(model, fields);
            case "TreeModel" -> DecisionTree.read(model, fields, classes);
            default -> Segments.read(model, fields, classes);
        };
    }

    /// Refuses what would make another answer of the model's.
    static void check(Element model) {
        if (!model.flag("isScorable", true)) {
            throw model.unread("the model says of itself that it is not to be scored (isScorable)");
        }
        for (Element output : model.find("Output").map(Element::children).orElse(List.of())) {
            String feature = output.word("feature", "predictedValue");
            if (feature.equals("transformedValue") || feature.equals("decision")) {
                throw output.unread("the field " + output.word("name", "")
                        + " is computed from the answer and is not read; the answer is the predicted value or the"
                        + " probabilities. Take the field out, and say it as a calibration or a policy");
            }
        }
    }
}
