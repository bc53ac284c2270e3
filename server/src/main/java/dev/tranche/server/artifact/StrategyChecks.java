package dev.tranche.server.artifact;

import dev.tranche.release.Audience;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionKind;
import dev.tranche.release.rollout.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is asked of a strategy: when it is registered, whether its limits contradict one another; when it is
/// released, whether it quotes the symbols that the rollout names.
public final class StrategyChecks {
    private final StrategyFile file;

    private StrategyChecks(StrategyFile file) {
        this.file = file;
    }

    /// What of a file refuses its registration; all are asked.
    static List<Check> whole(StrategyFile file) {
        StrategyChecks checks = new StrategyChecks(file);
        return List.of(checks.quoting(), checks.limits(), checks.breaker());
    }

    /// Whether the model that gives its spread is there. Without it the heuristic stands in, so this refuses
    /// nothing.
    static Check spread(StrategyFile file, Catalogue catalogue) {
        Optional<String> product = file.spreadProduct();
        if (product.isEmpty()) {
            return Check.pass("spread", "by the theory of its quotes, or the heuristic");
        }
        return catalogue.ofProduct(product.get()).stream().anyMatch(each -> each.kind() == VersionKind.MODEL)
                ? Check.pass("spread", "by the model in force of " + product.get())
                : Check.await(
                        "spread",
                        "no model of " + product.get() + " is registered yet; until one is in force the heuristic"
                                + " stands in");
    }

    /// Refuses a rollout that names a symbol which the strategy does not quote, and a live stage that leaves one
    /// out: a strategy is one version with one risk, and no engine works with half of it.
    ///
    /// @throws Refused `symbol_not_quoted`, `symbol_left_out`
    public static void releasable(String name, StrategyFile file, List<Stage> stages) {
        refusal(name, file, stages).ifPresent(refused -> {
            throw refused;
        });
    }

    /// Why it must not be released, if so.
    public static Optional<Refused> refusal(String name, StrategyFile file, List<Stage> stages) {
        for (Stage stage : stages) {
            if (!(stage.audience() instanceof Audience.Entities(List<String> named))) {
                continue;
            }
            List<String> strangers = named.stream()
                    .filter(symbol -> !file.quotes().contains(symbol))
                    .toList();
            if (!strangers.isEmpty()) {
                return conflict("symbol_not_quoted", name + " does not quote these symbols", strangers, file);
            }
            List<String> left = file.quotes().stream()
                    .filter(symbol -> stage.mode() == Mode.LIVE && !named.contains(symbol))
                    .toList();
            if (!left.isEmpty()) {
                return conflict(
                        "symbol_left_out", name + " goes live for all that it quotes, or for nobody", left, file);
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> conflict(String code, String detail, List<String> symbols, StrategyFile file) {
        return Optional.of(Refused.of(
                Refused.Kind.CONFLICT, code, detail, String.join(", ", symbols), String.join(", ", file.quotes())));
    }

    private Check quoting() {
        return ordered(
                        "quoting",
                        "quoting",
                        "least_spread_bps",
                        "most_spread_bps",
                        "spread",
                        "low_bps",
                        "high_bps",
                        "hedge",
                        "band",
                        "urgent")
                .orElseGet(() -> Check.pass("quoting", file.model() + " on " + String.join(", ", file.quotes())));
    }

    private Check limits() {
        double size = file.number("quoting", "size").orElse(0);
        double quantity = file.number("limits", "quantity").orElse(0);
        double position = file.number("limits", "position").orElse(0);
        if (size > quantity || quantity > position) {
            return Check.fail(
                    "limits",
                    String.format(
                            Locale.ROOT,
                            "an order of quoting.size %s must pass limits.quantity %s, and that limits.position %s",
                            size,
                            quantity,
                            position));
        }
        return ordered("limits", "limits", "notional", "open")
                .orElseGet(() -> Check.pass("limits", "an order of " + size + " passes them"));
    }

    private Check breaker() {
        return ordered(
                        "breaker",
                        "breaker",
                        "daily_loss_warning",
                        "daily_loss_limit",
                        "breaker",
                        "drawdown_warning",
                        "drawdown_limit",
                        "breaker",
                        "var_95_limit",
                        "var_99_limit",
                        "breaker",
                        "concentration_warning",
                        "concentration_limit")
                .orElseGet(() -> Check.pass(
                        "breaker",
                        file.sections().containsKey("breaker")
                                ? "each warning comes before its limit"
                                : "the desk's own limits hold"));
    }

    /// Fails when the second of a pair of numbers lies below the first.
    ///
    /// @param pairs section, lower key, upper key, and again
    private Optional<Check> ordered(String name, String... pairs) {
        for (int i = 0; i < pairs.length; i += 3) {
            OptionalDouble low = file.number(pairs[i], pairs[i + 1]);
            OptionalDouble high = file.number(pairs[i], pairs[i + 2]);
            if (low.isPresent() && high.isPresent() && low.getAsDouble() > high.getAsDouble()) {
                return Optional.of(Check.fail(
                        name,
                        pairs[i] + "." + pairs[i + 1] + " " + low.getAsDouble() + " must not lie above " + pairs[i + 2]
                                + " " + high.getAsDouble()));
            }
        }
        return Optional.empty();
    }
}
