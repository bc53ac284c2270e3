package dev.tranche.server.artifact;

import dev.tranche.release.Verdict;
import dev.tranche.server.artifact.CalibrationFile.Band;
import dev.tranche.server.artifact.CalibrationFile.Horizon;
import dev.tranche.server.artifact.CalibrationFile.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// What is asked of a calibration: when it is registered, whether the file is whole and says nothing
/// that contradicts itself; when it is released, whether its acceptance is met, its time has not run
/// out, and its detector is one that engines of this version run.
public final class CalibrationChecks {
    /// Detectors that an engine of this version runs.
    static final Set<String> DETECTORS = Set.of("divergence-1");

    /// Seed 003: both horizons.
    private static final List<Integer> HORIZONS = List.of(10, 20);

    private static final double SIGNIFICANCE = 0.05;
    private static final double HIGHEST_SCORE = 100;
    private static final List<String> PARAMETERS = List.of("swing_L", "z_hi", "z_mid", "min_separation", "cooldown");
    /// Numbers in the file are rounded.
    private static final double ROUNDING = 1e-9;
    /// A clock may be so much ahead.
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final CalibrationFile file;

    private CalibrationChecks(CalibrationFile file) {
        this.file = file;
    }

    /// What of a file refuses its registration; all are asked.
    static List<Check> whole(CalibrationFile file) {
        CalibrationChecks checks = new CalibrationChecks(file);
        return List.of(checks.parameters(), checks.horizons(), checks.placebo(), checks.consistent());
    }

    /// Whether its acceptance is met, with every point.
    static Check acceptance(CalibrationFile file) {
        return file.acceptance().met()
                ? Check.pass("acceptance", "met: " + said(file.acceptance().points()))
                : Check.fail("acceptance", "not met: " + said(open(file)));
    }

    /// Refuses a release that must not be.
    ///
    /// @param entities whom the rollout names
    /// @throws Refused `acceptance_not_met` with the points, `calibration_stale`, `calibration_early`,
    ///     `detector_incompatible`, `symbol_not_calibrated`
    public static void releasable(String name, CalibrationFile file, Set<String> entities, Instant now) {
        refusal(name, file, entities, now).ifPresent(refused -> {
            throw refused;
        });
    }

    /// Why it must not be released, if so.
    public static Optional<Refused> refusal(String name, CalibrationFile file, Set<String> entities, Instant now) {
        if (!file.acceptance().met()) {
            return Optional.of(Refused.after(
                    Refused.Kind.CONFLICT,
                    points(file),
                    "acceptance_not_met",
                    name + " is registered and cannot be released: its acceptance is not met: " + said(open(file))));
        }
        Instant end = file.made().plus(file.valid());
        if (now.isAfter(end)) {
            return conflict("calibration_stale", name + " was valid until " + end, file.made(), "until " + end);
        }
        if (file.made().isAfter(now.plus(CLOCKS))) {
            return conflict("calibration_early", name + " was made in the future", file.made(), "until " + now);
        }
        if (!DETECTORS.contains(file.detector())) {
            return conflict(
                    "detector_incompatible",
                    name + " was made with another detector than engines run",
                    file.detector(),
                    DETECTORS.stream().sorted().collect(Collectors.joining(", ")));
        }
        List<String> strangers = entities.stream()
                .filter(entity -> !file.symbols().contains(entity))
                .sorted()
                .toList();
        return strangers.isEmpty()
                ? Optional.empty()
                : conflict(
                        "symbol_not_calibrated",
                        name + " was made without data of these symbols",
                        String.join(", ", strangers),
                        String.join(", ", file.symbols()));
    }

    private static Optional<Refused> conflict(String code, String detail, Object value, String allowed) {
        return Optional.of(Refused.of(Refused.Kind.CONFLICT, code, detail, value.toString(), allowed));
    }

    /// Every point as a check: what was required, what was found.
    private static List<Check> points(CalibrationFile file) {
        return file.acceptance().points().stream()
                .map(point ->
                        new Check(point.name(), point.met() ? Verdict.pass(said(point)) : Verdict.fail(said(point))))
                .toList();
    }

    private static List<Point> open(CalibrationFile file) {
        return file.acceptance().points().stream().filter(point -> !point.met()).toList();
    }

    private static String said(List<Point> points) {
        return points.stream().map(point -> point.name() + " " + said(point)).collect(Collectors.joining("; "));
    }

    private static String said(Point point) {
        return "requires " + point.required() + ", found " + point.found();
    }

    private Check parameters() {
        List<String> wrong = new ArrayList<>();
        for (String name : PARAMETERS) {
            if (!file.parameters().containsKey(name)) {
                wrong.add(name + " is missing");
            }
        }
        for (Map.Entry<String, Double> each : file.parameters().entrySet()) {
            if (!Double.isFinite(each.getValue()) || each.getValue() < 0) {
                wrong.add(each.getKey() + " must be 0 or more: " + each.getValue());
            }
        }
        double high = file.parameters().getOrDefault("z_hi", 1.0);
        double mid = file.parameters().getOrDefault("z_mid", 0.0);
        if (high < mid) {
            wrong.add("z_hi must be z_mid or above: " + high + " and " + mid);
        }
        if (file.symbols().isEmpty()) {
            wrong.add("symbols must name at least one");
        }
        return verdict(
                "parameters",
                wrong,
                file.parameters().size() + " parameters, made of " + String.join(", ", file.symbols()));
    }

    private Check horizons() {
        List<String> wrong = new ArrayList<>();
        for (int bars : HORIZONS) {
            if (!file.horizons().containsKey(bars)) {
                wrong.add("the horizon of " + bars + " bars is missing");
            }
        }
        file.horizons().forEach((bars, horizon) -> {
            bands(bars, horizon, wrong);
            if (!within(horizon.rho(), -1, 1) || !within(horizon.p(), 0, 1)) {
                wrong.add(bars + ": rho must be within -1..1 and p within 0..1: " + horizon.rho() + ", " + horizon.p());
            }
        });
        return verdict(
                "horizons",
                wrong,
                "bands ascend, within their intervals, at " + file.horizons().keySet());
    }

    private static boolean within(OptionalDouble value, double low, double high) {
        return value.isEmpty() || (value.getAsDouble() >= low && value.getAsDouble() <= high);
    }

    private static void bands(int bars, Horizon horizon, List<String> wrong) {
        double from = 0;
        double rate = 0;
        for (Band band : horizon.bands()) {
            boolean ordered = band.scoreMin() >= from && band.scoreMax() >= band.scoreMin();
            if (!ordered || band.scoreMax() > HIGHEST_SCORE) {
                wrong.add(String.format(
                        Locale.ROOT,
                        "%d: scores must ascend within 0..100: %s..%s after %s",
                        bars,
                        band.scoreMin(),
                        band.scoreMax(),
                        from));
            }
            boolean inside = band.low() >= 0
                    && band.low() <= band.winRate() + ROUNDING
                    && band.winRate() <= band.high() + ROUNDING
                    && band.high() <= 1;
            if (!inside || band.n() < 1) {
                wrong.add(String.format(
                        Locale.ROOT,
                        "%d: a win rate must lie within its interval within 0..1, of 1 event or more: %s in %s..%s of %d",
                        bars,
                        band.winRate(),
                        band.low(),
                        band.high(),
                        band.n()));
            }
            if (band.winRate() < rate - ROUNDING) {
                wrong.add(bars + ": a win rate falls as the score rises: " + band.winRate() + " after " + rate);
            }
            rate = band.winRate();
            from = band.scoreMax();
        }
    }

    private Check placebo() {
        return file.placeboWithin()
                ? Check.pass("placebo", "what is known to be noise gave what chance gives")
                : Check.fail("placebo", "placebo.within must be true: the method finds an edge in noise");
    }

    /// A file that says met must say nothing else to the contrary.
    private Check consistent() {
        List<String> wrong = new ArrayList<>();
        boolean all = file.acceptance().points().stream().allMatch(Point::met);
        if (file.acceptance().points().isEmpty()) {
            wrong.add("acceptance has no points");
        }
        if (file.acceptance().met() != all) {
            wrong.add("acceptance.met is " + file.acceptance().met() + " and its points say " + all);
        }
        if (file.trials() < 1) {
            wrong.add("trials must be 1 or more: " + file.trials());
        }
        file.horizons().forEach((bars, horizon) -> {
            for (String point : List.of("acc@" + bars, "spearman@" + bars)) {
                if (file.acceptance().points().stream()
                        .noneMatch(each -> each.name().equals(point))) {
                    wrong.add("acceptance has no point " + point);
                }
            }
            boolean ranked = horizon.rho().orElse(0) > 0 && horizon.p().orElse(1) < SIGNIFICANCE;
            if (file.acceptance().met() && (!ranked || horizon.bands().isEmpty())) {
                wrong.add("acceptance is met, and at " + bars + " bars rho is " + horizon.rho() + ", p " + horizon.p()
                        + ", " + horizon.bands().size() + " bands");
            }
        });
        return verdict("consistent", wrong, "acceptance, ranks and bands agree; " + file.trials() + " trials counted");
    }

    private static Check verdict(String name, List<String> wrong, String right) {
        return wrong.isEmpty() ? Check.pass(name, right) : Check.fail(name, String.join("; ", wrong));
    }
}
