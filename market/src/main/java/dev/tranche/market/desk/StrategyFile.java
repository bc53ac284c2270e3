package dev.tranche.market.desk;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.market.hedge.HedgeTerms;
import dev.tranche.market.quoting.QuoteTerms;
import dev.tranche.market.regime.GaussianHmm;
import dev.tranche.market.regime.RegimeSwitch;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.OrderLimits;
import dev.tranche.market.spread.SpreadFeatures;
import dev.tranche.market.spread.SpreadLimits;
import dev.tranche.market.volatility.CovarianceTerms;
import dev.tranche.market.volatility.VolatilityForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the text of a strategy into [StrategyTerms], refusing what it does not know by name. The keys are
/// those of docs/reference/strategy.md.
final class StrategyFile {
    /// Over one dollar: an aversion of 0.1 for a basis point and a coin of 10,000 dollars.
    private static final double USUAL_AVERSION = 0.1;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h|d)");

    private StrategyFile() {}

    static StrategyTerms read(byte[] canonicalJson) {
        try {
            JsonKeys file = Json.parse(canonicalJson).asStruct("strategy.yaml").keys("strategy.yaml");
            JsonKeys strategy = file.struct("strategy").keys("strategy");
            Optional<BreakerLimits> breaker = file.has("breaker")
                    ? Optional.of(breaker(file.struct("breaker").keys("breaker")))
                    : Optional.empty();
            file.done();
            StrategyTerms read = strategy(strategy, breaker);
            strategy.done();
            return read;
        } catch (JsonException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    private static StrategyTerms strategy(JsonKeys keys, Optional<BreakerLimits> breaker) {
        return new StrategyTerms(
                keys.text("name"),
                named(keys, "quotes"),
                word(keys, "fair", Fair.class),
                quoting(keys.struct("quoting").keys("quoting")),
                keys.has("spread") ? spread(keys.struct("spread").keys("spread")) : StrategyTerms.Spread.THEORY,
                keys.has("volatility")
                        ? volatility(keys.struct("volatility").keys("volatility"))
                        : StrategyTerms.Volatility.USUAL,
                keys.has("regime") ? regime(keys.struct("regime").keys("regime")) : StrategyTerms.Regime.SEED,
                keys.has("hedge") ? Optional.of(hedge(keys.struct("hedge").keys("hedge"))) : Optional.empty(),
                limits(keys.struct("limits").keys("limits")),
                breaker);
    }

    private static List<StrategyTerms.Named> named(JsonKeys keys, String key) {
        return keys.items(key).stream()
                .map(item -> {
                    JsonKeys one = item.asStruct(key).keys(key);
                    StrategyTerms.Named named = new StrategyTerms.Named(one.text("venue"), one.text("symbol"));
                    one.done();
                    return named;
                })
                .toList();
    }

    private static StrategyTerms.Quoting quoting(JsonKeys keys) {
        StrategyTerms.Quoting read = new StrategyTerms.Quoting(
                word(keys, "model", StrategyTerms.Theory.class),
                keys.number("gamma"),
                keys.number("arrival_a"),
                keys.number("arrival_k"),
                duration(keys, "horizon", "300s"),
                keys.number("size"),
                (int) whole(keys, "levels", 1),
                keys.number("level_step_bps", 1),
                keys.number("least_spread_bps", 0),
                keys.number("most_spread_bps", 10_000),
                keys.number("most_shift_bps", QuoteTerms.SEED_MOST_SHIFT),
                duration(keys, "refresh", "50ms"),
                whole(keys, "move_ticks", 1),
                duration(keys, "stale", "2s"),
                duration(keys, "late", "1s"),
                keys.flag("amend", false),
                keys.number("vol_of_vol", 0),
                keys.number("correlation", 0));
        keys.done();
        return read;
    }

    private static StrategyTerms.Spread spread(JsonKeys keys) {
        StrategyTerms.Source source = word(keys, "source", StrategyTerms.Source.class);
        SpreadLimits seed = SpreadLimits.SEED;
        StrategyTerms.Spread read = new StrategyTerms.Spread(
                source,
                source == StrategyTerms.Source.MODEL ? keys.text("product") : "",
                duration(keys, "sample", SpreadFeatures.USUAL_MILLIS + "ms"),
                new SpreadLimits(
                        keys.number("low_bps", seed.lowBps()),
                        keys.number("high_bps", seed.highBps()),
                        duration(keys, "late", "1ms").toNanos(),
                        duration(keys, "stale", "1s").toNanos(),
                        keys.number("base_bps", seed.baseBps()),
                        keys.number("reference_volatility", seed.referenceVolatility())));
        keys.done();
        return read;
    }

    private static StrategyTerms.Volatility volatility(JsonKeys keys) {
        StrategyTerms.Volatility read = new StrategyTerms.Volatility(
                duration(keys, "sample", "1s"), duration(keys, "half_life", "60s"), (int) whole(keys, "warm", 10));
        keys.done();
        return read;
    }

    private static StrategyTerms.Regime regime(JsonKeys keys) {
        StrategyTerms.Regime seed = StrategyTerms.Regime.SEED;
        StrategyTerms.Regime read = new StrategyTerms.Regime(
                keys.number("low", seed.low()),
                keys.number("medium", seed.medium()),
                keys.number("high", seed.high()),
                keys.has("detector")
                        ? Optional.of(detector(keys.struct("detector").keys("detector")))
                        : Optional.empty());
        keys.done();
        return read;
    }

    private static StrategyTerms.Detector detector(JsonKeys keys) {
        RegimeSwitch.Terms seed = RegimeSwitch.Terms.SEED;
        StrategyTerms.Detector read = new StrategyTerms.Detector(
                duration(keys, "bars", "1m"),
                (int) whole(keys, "window", 15),
                new GaussianHmm(
                        list(keys.numbers("start")),
                        rows(keys, "move"),
                        rows(keys, "means"),
                        keys.items("covariances").stream()
                                .map(each -> rows(each, "covariances"))
                                .toList()),
                new RegimeSwitch.Terms(
                        (int) whole(keys, "persistence", seed.persistence()),
                        keys.number("confidence", seed.confidence()),
                        keys.number("hysteresis", seed.hysteresis())));
        keys.done();
        return read;
    }

    private static StrategyTerms.Hedge hedge(JsonKeys keys) {
        double band = keys.number("band");
        double urgent = keys.number("urgent");
        HedgeTerms seed = HedgeTerms.seed(1, 1);
        StrategyTerms.Hedge read = new StrategyTerms.Hedge(
                named(keys, "with"),
                keys.has("scale") ? keys.table("scale") : Map.of(),
                new HedgeTerms(
                        duration(keys, "every", "30m").toNanos(),
                        band,
                        keys.number("normal", Math.clamp(seed.normal(), Math.min(band, urgent), urgent)),
                        urgent,
                        keys.number("fall", seed.fall()),
                        keys.number("deep_fall", seed.deepFall()),
                        keys.number("rise", seed.rise()),
                        keys.number("gamma", seed.gamma()),
                        keys.number("sharp_gamma", seed.sharpGamma()),
                        keys.number("move_frequency", seed.moveFrequency()),
                        keys.number("gamma_frequency", seed.gammaFrequency()),
                        keys.number("most_frequency", seed.mostFrequency()),
                        keys.number("most_share", seed.mostShare()),
                        keys.number("least", seed.least()),
                        keys.number("aversion", USUAL_AVERSION),
                        StrategyTerms.seconds(duration(keys, "lasts", "30m"))),
                keys.has("covariance")
                        ? Optional.of(covariance(keys.struct("covariance").keys("covariance")))
                        : Optional.empty(),
                keys.has("limits")
                        ? Optional.of(limits(keys.struct("limits").keys("hedge: limits")))
                        : Optional.empty());
        keys.done();
        return read;
    }

    private static StrategyTerms.Covariance covariance(JsonKeys keys) {
        StrategyTerms.Covariance read = new StrategyTerms.Covariance(
                duration(keys, "bars", "5m"),
                keys.texts("assets"),
                new CovarianceTerms(
                        word(keys, "form", VolatilityForm.class),
                        rows(keys, "parameters"),
                        list(keys.numbers("presample")),
                        keys.number("a"),
                        keys.number("b"),
                        rows(keys, "mean")));
        keys.done();
        return read;
    }

    private static OrderLimits limits(JsonKeys keys) {
        double none = Double.POSITIVE_INFINITY;
        OrderLimits read = new OrderLimits(
                keys.number("quantity"),
                keys.number("notional", none),
                keys.number("position"),
                keys.number("open", none),
                keys.number("collar_bps") / 1e4,
                (int) whole(keys, "collar_ticks", 0),
                keys.number("delta", none),
                keys.number("gamma", none),
                keys.number("vega", none),
                (int) whole(keys, "orders_a_second", 100),
                (int) whole(keys, "executions", 100_000),
                duration(keys, "execution_window", "1s"),
                duration(keys, "reference_age", "2s"),
                duration(keys, "duplicate", "0s"));
        keys.done();
        return read;
    }

    private static BreakerLimits breaker(JsonKeys keys) {
        BreakerLimits seed = BreakerLimits.SEED;
        BreakerLimits read = new BreakerLimits(
                keys.number("daily_loss_warning", seed.dailyLossWarning()),
                keys.number("daily_loss_limit", seed.dailyLossLimit()),
                keys.number("drawdown_warning", seed.drawdownWarning()),
                keys.number("drawdown_limit", seed.drawdownLimit()),
                keys.number("var_95_limit", seed.valueAtRisk95Limit()),
                keys.number("var_99_limit", seed.valueAtRisk99Limit()),
                keys.number("concentration_warning", seed.concentrationWarning()),
                keys.number("concentration_limit", seed.concentrationLimit()),
                duration(keys, "cooldown", seed.cooldown().toSeconds() + "s"),
                duration(keys, "patience", seed.patience().toSeconds() + "s"));
        keys.done();
        return read;
    }

    private static <E extends Enum<E>> E word(JsonKeys keys, String key, Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        return Enum.valueOf(type, keys.word(key, words).toUpperCase(Locale.ROOT));
    }

    private static long whole(JsonKeys keys, String key, long otherwise) {
        double number = keys.number(key, (double) otherwise);
        if (number != Math.rint(number) || Math.abs(number) > 1e9) {
            throw keys.wrong(key, "must be a whole number within -1e9..1e9: " + number);
        }
        return (long) number;
    }

    private static Duration duration(JsonKeys keys, String key, String otherwise) {
        String text = keys.text(key, otherwise);
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw keys.wrong(key, "must be a duration like 500us, 50ms, 2s, 1m, 8h or 1d: \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(amount * 1000);
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static List<List<Double>> rows(JsonKeys keys, String key) {
        return keys.items(key).stream().map(row -> row(row, key)).toList();
    }

    private static List<List<Double>> rows(Json value, String name) {
        if (value instanceof Json.Items(List<Json> rows)) {
            return rows.stream().map(row -> row(row, name)).toList();
        }
        throw JsonException.of(name + " must be an array of arrays, not " + value.kind());
    }

    private static List<Double> row(Json value, String name) {
        if (value instanceof Json.Items(List<Json> values)) {
            return values.stream()
                    .map(each -> {
                        if (each instanceof Json.Num number) {
                            return number.doubleValue();
                        }
                        throw JsonException.of(name + " must hold numbers, not " + each.kind());
                    })
                    .toList();
        }
        throw JsonException.of(name + " must hold arrays of numbers, not " + value.kind());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
