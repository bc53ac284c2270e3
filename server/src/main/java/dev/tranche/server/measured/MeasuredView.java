package dev.tranche.server.measured;

import dev.tranche.runtime.metrics.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What was told of a version at work on an entity, in the last minute.
///
/// @param mode the mode last told
/// @param newest end of the newest interval
/// @param dataAgeSeconds how old that is; never below 0
/// @param upSeconds seconds of the last minute in which it was up; the last three are not counted yet
/// @param events market events taken in
/// @param errors of these, those whose handling failed
/// @param invalid events left out because the feed was wrong
/// @param signals signals given
/// @param unclosed distance of the signals from the sum of their sides
/// @param detectionLatencyP95Ms null when nothing was timed, as the others
/// @param quotes quotes sent, moved or pulled by a market maker; its fills and refusals beside them
/// @param pnl null when it was never told, as drawdown and breaker
public record MeasuredView(
        String version,
        String entity,
        String mode,
        Instant newest,
        double dataAgeSeconds,
        long upSeconds,
        long events,
        long errors,
        long invalid,
        long signals,
        long unclosed,
        @Nullable Double eventLatencyP95Ms,
        @Nullable Double detectionLatencyP95Ms,
        @Nullable Double pipelineLatencyP95Ms,
        @Nullable Double quoteLatencyP95Ms,
        long quotes,
        long fills,
        long refusals,
        @Nullable Double pnl,
        @Nullable Double drawdown,
        @Nullable String breaker) {
    private static final long MINUTE = 60;

    static MeasuredView of(SeriesKey key, Series series, Instant now) {
        long second = now.getEpochSecond();
        Counts counts = series.trailing(second - MINUTE, second);
        Instant newest = Instant.ofEpochMilli(series.newestMillis());
        return new MeasuredView(
                key.version(),
                key.entity(),
                series.mode().toString(),
                newest,
                Math.max(0, now.toEpochMilli() - series.newestMillis()) / 1e3,
                series.up(second - MINUTE + 1, second),
                counts.events(),
                counts.errors(),
                counts.invalid(),
                counts.closedAll(),
                counts.unclosed(),
                p95(counts.event()),
                p95(counts.detection()),
                p95(counts.pipeline()),
                p95(counts.quote()),
                counts.quotes(),
                counts.fills(),
                counts.refusals(),
                number(series.levels().pnl()),
                number(series.levels().drawdown()),
                series.levels().breaker().orElse(null));
    }

    private static @Nullable Double number(OptionalDouble level) {
        return level.isPresent() ? level.getAsDouble() : null;
    }

    private static @Nullable Double p95(String histogram) {
        return LatencySnapshot.parse(histogram)
                .quantile(0.95)
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e6)
                .orElse(null);
    }
}
