package dev.tranche.server.measured;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What engines tell, counted by version and entity: the door `POST /write` puts in, gates and guards
/// read out. Kept over a restart for a day. Thread-safe.
///
/// Nothing told is never good: a version nobody told of reads as measured never, an entity of the stage
/// that was not heard of makes the stage's counts unavailable, and silence counts as being down.
public final class Measured implements AutoCloseable {
    /// Lines of one post.
    public static final int LINES = 5_000;

    private static final int LINE_CHARACTERS = 64 << 10;
    private static final int SERIES = 10_000;
    private static final int REFUSALS = 20;
    /// Seconds that lines may still be under way for.
    private static final long UNDER_WAY = 3;
    /// Seconds that availability looks back over at most.
    private static final long REACH = Duration.ofHours(24).toSeconds() - 60;

    private final MeasuredLog log;
    private final Map<SeriesKey, Series> series = new TreeMap<>(Comparator.comparing(SeriesKey::product)
            .thenComparing(SeriesKey::version)
            .thenComparing(SeriesKey::entity));

    private Measured(MeasuredLog log) {
        this.log = log;
    }

    /// What a post came to.
    ///
    /// @param written lines taken, those among them that were taken before included
    /// @param refused lines refused
    /// @param reasons of the first twenty
    public record Taken(int written, int refused, List<Refusal> reasons) {
        public Taken {
            reasons = List.copyOf(reasons);
        }
    }

    /// A line that was not taken.
    ///
    /// @param line its number in the post, from 1
    public record Refusal(int line, String reason) {}

    /// Opens the counts over what is kept in a folder, which need not be there.
    public static Measured in(Path folder) {
        Measured measured = new Measured(new MeasuredLog(folder));
        measured.log.replay((line, precision, arrived) -> {
            Told told = Told.of(Line.parse(line), precision, arrived);
            if (measured.fate(told) == Sequence.Fate.FRESH) {
                measured.count(told);
            }
        });
        return measured;
    }

    /// Takes the lines of a post in. A line that is refused keeps no other from being taken.
    ///
    /// @param known whether a version is registered under its exact name
    /// @throws IllegalArgumentException when there are too many lines; nothing is taken
    /// @throws dev.tranche.runtime.log.LogFullException when the disk is full; what came before is taken
    public synchronized Taken take(String body, Precision precision, Predicate<String> known, Instant now) {
        String[] lines = body.split("\n", -1);
        if (lines.length > LINES) {
            throw new IllegalArgumentException("a post has at most " + LINES + " lines: " + lines.length);
        }
        int written = 0;
        int refused = 0;
        List<Refusal> reasons = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                take(line, precision, known, now.toEpochMilli());
                written++;
            } catch (IllegalArgumentException wrong) {
                refused++;
                if (reasons.size() < REFUSALS) {
                    reasons.add(new Refusal(i + 1, String.valueOf(wrong.getMessage())));
                }
            }
        }
        return new Taken(written, refused, reasons);
    }

    private void take(String line, Precision precision, Predicate<String> known, long arrived) {
        if (line.length() > LINE_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a line has at most " + LINE_CHARACTERS + " characters: " + line.length());
        }
        Told told = Told.of(Line.parse(line), precision, arrived);
        if (!known.test(told.series().version())) {
            throw new IllegalArgumentException(
                    "no version is registered as " + told.series().version());
        }
        switch (fate(told)) {
            case FRESH -> {
                if (!series.containsKey(told.series()) && series.size() >= SERIES) {
                    throw new IllegalArgumentException("at most " + SERIES + " versions and entities are counted");
                }
                log.append(line, precision, arrived);
                count(told);
            }
            case SEEN -> {}
            case TOO_OLD ->
                throw new IllegalArgumentException("seq " + told.seq() + " lies too far behind the newest to be known");
        }
    }

    private Sequence.Fate fate(Told told) {
        Series known = series.get(told.series());
        return known == null ? Sequence.Fate.FRESH : known.fate(told);
    }

    private void count(Told told) {
        series.computeIfAbsent(told.series(), _ -> new Series()).take(told);
    }

    /// A measurement of a version, of the entities in scope together.
    ///
    /// @return [Reading.Unavailable] with the reason when it cannot be measured
    public synchronized Reading reading(
            String product, String version, Metric metric, Horizon horizon, Scope scope, Instant now) {
        Map<String, Series> found = find(product, version, scope);
        List<String> silent = scope.entities().stream()
                .filter(entity -> silent(found.get(entity), scope))
                .toList();
        return switch (metric) {
            case DATA_AGE -> age(found, silent, now);
            case MEMORY_USED -> most(found, metric, levels -> levels.memoryUsed(), now);
            case DRAWDOWN -> most(found, metric, levels -> levels.drawdown(), now);
            case PNL -> sum(found, now);
            case HEALTH_FAILURES -> health(found, scope, now);
            case AVAILABILITY -> availability(found, horizon, scope, now);
            case REQUESTS,
                    ERROR_RATE,
                    CLOSURE_ERROR,
                    LATENCY_P50,
                    LATENCY_P95,
                    LATENCY_P99,
                    EVENT_LATENCY_P95,
                    PIPELINE_LATENCY_P95,
                    DETECTION_LATENCY_P95,
                    QUOTE_LATENCY_P95,
                    FALLBACK_RATE,
                    APPROVAL_RATE,
                    SCORE_MEAN,
                    DECISION_FLIP_RATE,
                    SCORE_SHIFT,
                    OUTCOME_RATE,
                    OUTCOMES,
                    CALIBRATION_RATIO,
                    BREAKER -> counted(metric, found, silent, horizon, scope, now);
        };
    }

    /// The breaker of the desk that works with a version, as it told it last of the entities in scope; empty when
    /// it never did.
    public synchronized Optional<String> breaker(String product, String version, Scope scope) {
        return find(product, version, scope).values().stream()
                .filter(each -> !silent(each, scope))
                .max(Comparator.comparingLong(Series::newestMillis))
                .flatMap(each -> each.levels().breaker());
    }

    private Map<String, Series> find(String product, String version, Scope scope) {
        Map<String, Series> found = new TreeMap<>();
        series.forEach((key, each) -> {
            boolean named = scope.entities().isEmpty() || scope.entities().contains(key.entity());
            if (named && key.product().equals(product) && key.version().equals(version)) {
                found.put(key.entity(), each);
            }
        });
        return found;
    }

    private static boolean silent(@Nullable Series each, Scope scope) {
        return each == null
                || (scope.entered().isPresent() && !each.heardIn(scope.entered().get()));
    }

    private static Reading age(Map<String, Series> found, List<String> silent, Instant now) {
        if (found.isEmpty() || !silent.isEmpty()) {
            return new Reading.Unavailable(silent.isEmpty() ? "no engine has told anything yet" : unheard(silent));
        }
        long oldest =
                found.values().stream().mapToLong(Series::newestMillis).min().orElseThrow();
        return new Reading.Gauge(Math.max(0, now.toEpochMilli() - oldest) / 1e3, now);
    }

    private static String unheard(List<String> silent) {
        return "nothing was heard of " + String.join(", ", silent) + " since the stage began";
    }

    private static Reading most(
            Map<String, Series> found, Metric metric, Function<Levels, OptionalDouble> level, Instant now) {
        OptionalDouble most = found.values().stream()
                .map(each -> level.apply(each.levels()))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        return most.isPresent()
                ? new Reading.Gauge(most.getAsDouble(), asOf(found, now))
                : new Reading.Unavailable("no engine has told its " + metric);
    }

    /// Each entity tells its own share of what was earned.
    private static Reading sum(Map<String, Series> found, Instant now) {
        List<OptionalDouble> told =
                found.values().stream().map(each -> each.levels().pnl()).toList();
        return told.isEmpty() || told.stream().anyMatch(OptionalDouble::isEmpty)
                ? new Reading.Unavailable("not every entity has told its pnl")
                : new Reading.Gauge(
                        told.stream().mapToDouble(OptionalDouble::getAsDouble).sum(), asOf(found, now));
    }

    /// The most health checks failed in a row, of the entities of the stage.
    private static Reading health(Map<String, Series> found, Scope scope, Instant now) {
        if (scope.entered().isEmpty()) {
            return new Reading.Count(0, now);
        }
        Instant entered = scope.entered().get();
        long to = now.getEpochSecond() - UNDER_WAY;
        Collection<String> due = scope.entities().isEmpty() ? found.keySet() : scope.entities();
        long worst = due.isEmpty() ? new Series().healthFailures(entered, to) : 0;
        for (String entity : due) {
            Series known = found.get(entity);
            worst = Math.max(worst, (known == null ? new Series() : known).healthFailures(entered, to));
        }
        return new Reading.Count(worst, now);
    }

    private static Reading availability(Map<String, Series> found, Horizon horizon, Scope scope, Instant now) {
        if (scope.entered().isEmpty()) {
            return new Reading.Proportion(0, 0, now);
        }
        Instant entered = scope.entered().get();
        long to = now.getEpochSecond() - UNDER_WAY;
        long reach;
        switch (horizon) {
            case Horizon.SinceStage _ -> reach = REACH;
            case Horizon.Trailing(Duration window) -> reach = Math.clamp(window.toSeconds(), 1, REACH);
            case Horizon.Matured _ -> {
                return new Reading.Unavailable("an engine tells no outcomes");
            }
        }
        long from = Math.max(to - reach + 1, entered.getEpochSecond());
        Coverage sum = Coverage.NONE;
        for (String entity : scope.entities().isEmpty() ? found.keySet() : scope.entities()) {
            sum = sum.plus(Optional.ofNullable(found.get(entity))
                    .orElseGet(Series::new)
                    .coverage(entered, from, to));
        }
        if (scope.entities().isEmpty() && found.isEmpty()) {
            sum = new Series().coverage(entered, from, to);
        }
        return new Reading.Proportion(sum.up(), sum.of(), now);
    }

    private static Reading counted(
            Metric metric, Map<String, Series> found, List<String> silent, Horizon horizon, Scope scope, Instant now) {
        Instant asOf = asOf(found, now);
        Function<Series, Counts> counts;
        switch (horizon) {
            case Horizon.Matured _ -> {
                return new Reading.Unavailable("an engine tells no outcomes");
            }
            case Horizon.SinceStage _ -> {
                if (scope.entered().isEmpty()) {
                    return Readings.of(metric, Counts.NONE, asOf);
                }
                if (!silent.isEmpty()) {
                    return new Reading.Unavailable(unheard(silent));
                }
                counts = each -> each.sinceStage(scope.entered().get());
            }
            case Horizon.Trailing(Duration window) -> {
                long from = now.getEpochSecond() - Math.max(1, window.toSeconds());
                counts = each -> each.trailing(from, now.getEpochSecond());
            }
        }
        BinaryOperator<Counts> plus = Counts::plus;
        return Readings.of(metric, found.values().stream().map(counts).reduce(Counts.NONE, plus), asOf);
    }

    /// The newest that was told; now when nothing was, since there is nothing that could be old.
    private static Instant asOf(Map<String, Series> found, Instant now) {
        return found.values().stream()
                .map(each -> Instant.ofEpochMilli(each.newestMillis()))
                .max(Comparator.naturalOrder())
                .filter(newest -> newest.isBefore(now))
                .orElse(now);
    }

    /// What each version of a product told for each entity.
    public synchronized List<MeasuredView> snapshot(String product, Instant now) {
        return series.entrySet().stream()
                .filter(each -> each.getKey().product().equals(product))
                .map(each -> MeasuredView.of(each.getKey(), each.getValue(), now))
                .toList();
    }

    /// The products told of, ordered.
    public synchronized List<String> products() {
        return series.keySet().stream().map(SeriesKey::product).distinct().toList();
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
