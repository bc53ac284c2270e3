package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options of what is written as a calibration.
final class CalibrationOptions {
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,3})d");

    @Option(
            names = "--made",
            paramLabel = "INSTANT",
            description =
                    "When the calibration counts as made, such as 2026-11-20T12:00:00Z; the end of the data when left"
                            + " out.")
    private Optional<String> made = Optional.empty();

    @Option(
            names = "--valid",
            paramLabel = "LENGTH",
            defaultValue = "90d",
            description = "How long the calibration is good (${DEFAULT-VALUE}).")
    private String valid = "90d";

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "Combinations tried before these parameters were chosen; the more of this and what --parameters"
                            + " says counts.")
    private long trials = 1;

    private CalibrationOptions() {}

    CalibrationTerms terms(CommandLine command, String name) {
        try {
            return new CalibrationTerms(name, made.map(Instant::parse), duration());
        } catch (DateTimeException | IllegalArgumentException unusable) {
            throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Duration duration() {
        Matcher days = DAYS.matcher(valid);
        return days.matches() ? Duration.ofDays(Long.parseLong(days.group(1))) : Duration.ofMillis(Span.millis(valid));
    }

    long trials(CommandLine command, long known) {
        if (trials < 1) {
            throw new ParameterException(command, "--trials must be at least 1: " + trials);
        }
        return Math.max(trials, known);
    }
}
