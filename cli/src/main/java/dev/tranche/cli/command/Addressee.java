package dev.tranche.cli.command;

import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Whom a request is for, where it does not say so itself.
final class Addressee {
    @Option(
            names = "--product",
            paramLabel = "PRODUCT",
            defaultValue = "",
            description = "The product, where the request names none.")
    private String product = "";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A version, where the request names none.")
    private String model = "";

    void fill(ObjectNode question) {
        Questions.fill(question, "product", product);
        Questions.fill(question, "model", model);
    }
}
