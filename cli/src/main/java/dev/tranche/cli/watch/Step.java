package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A stage as planned.
///
/// @param mode     shadow, read-only or live
/// @param audience who is in it, in words: `5 %`, `BTCUSDT, ETHUSDT`; empty for shadow
public record Step(String mode, String audience) {

    static Step of(JsonNode stage) {
        return new Step(stage.path("mode").asString(""), audience(stage));
    }

    /// The step in a few columns: its share, its entities, else its mode.
    String label() {
        if (mode.equals("shadow") || audience.isEmpty()) {
            return mode;
        }
        return mode.equals("live") ? audience : mode + " " + audience;
    }

    /// The step in words.
    String words() {
        return audience.isEmpty() || mode.equals("shadow") ? mode : mode + ", " + audience;
    }

    private static String audience(JsonNode stage) {
        List<String> entities = new ArrayList<>();
        stage.path("entities").forEach(entity -> entities.add(entity.asString()));
        if (!entities.isEmpty()) {
            return entities.size() <= 3
                    ? String.join(", ", entities)
                    : entities.stream().limit(2).collect(Collectors.joining(", ")) + " and " + (entities.size() - 2)
                            + " more";
        }
        JsonNode basisPoints = stage.path("share_basis_points");
        if (basisPoints.isNumber()) {
            return percent(basisPoints.doubleValue() / 100);
        }
        JsonNode share = stage.path("share");
        if (share.isNumber()) {
            return percent(share.doubleValue() <= 1 ? share.doubleValue() * 100 : share.doubleValue() / 100);
        }
        return share.isString() ? share.stringValue() : "";
    }

    private static String percent(double hundredths) {
        return Spoken.number(hundredths, hundredths == Math.rint(hundredths) ? 0 : 2) + " %";
    }
}
