package dev.tranche.market.spread;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Feature;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Scorer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The spread to quote, bid to ask, in basis points: by a model where it may be believed, else by the
/// heuristic, and always why. The model is asked once for each sample; between samples its answer stands. One
/// below the least spread is raised to it; beyond the widest the widest is quoted, and that is a fallback.
///
/// ```java
/// SpreadModel model = SpreadModel.of(artifact, limits);          // refuses an artifact of other features
/// double bps = model.spreadBps(features, nowNanos, tookNanos, volatility);
/// if (model.reason().fallback()) { … }                           // journalled with its name
/// ```
///
/// Deterministic: time is handed in, also the time that an answer took, which whoever has a clock measures
/// and journals. Nothing is allocated, if the model's scorer allocates nothing. One writer.
public final class SpreadModel {
    private static final long NEVER = -1;

    private final SpreadLimits limits;
    private final @Nullable Scorer scorer;
    private final int[] places;
    private final double[] least;
    private final double[] most;
    private final double[] vector;
    private final double[] margins;
    private final double[] outputs;
    private final SpreadReason without;
    private final Map<SpreadReason, long[]> counts = new EnumMap<>(SpreadReason.class);
    private long asked = NEVER;
    private double answer = Double.NaN;
    private SpreadReason found = SpreadReason.WARMING_UP;
    private SpreadReason reason = SpreadReason.WARMING_UP;
    private double spread = Double.NaN;

    private SpreadModel(SpreadLimits limits, SpreadReason without) {
        this.limits = limits;
        this.without = without;
        this.scorer = null;
        this.places = new int[0];
        this.least = new double[0];
        this.most = new double[0];
        this.vector = new double[0];
        this.margins = new double[0];
        this.outputs = new double[0];
        count();
    }

    private SpreadModel(SpreadLimits limits, Artifact artifact, int[] places) {
        this.limits = limits;
        this.without = SpreadReason.NO_MODEL;
        this.scorer = artifact.model().scorer();
        this.places = places;
        this.least = new double[places.length];
        this.most = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            Feature.Range range = SpreadSchema.range(artifact, i);
            least[i] = range.low();
            most[i] = range.high();
        }
        this.vector = new double[places.length];
        this.margins = new double[artifact.model().margins()];
        this.outputs = new double[artifact.model().outputs()];
        count();
    }

    private void count() {
        for (SpreadReason each : SpreadReason.values()) {
            counts.put(each, new long[1]);
        }
    }

    /// A registered spread model, for features of the usual clock.
    ///
    /// @throws IllegalArgumentException when it is none: see [SpreadSchema]
    public static SpreadModel of(Artifact artifact, SpreadLimits limits) {
        return of(artifact, limits, SpreadFeatures.USUAL_MILLIS);
    }

    /// A registered spread model, for features of this clock.
    ///
    /// @param sampleMillis length of a sample of the features that it will see
    /// @throws IllegalArgumentException when it is none, or was not made for such samples: see [SpreadSchema]
    public static SpreadModel of(Artifact artifact, SpreadLimits limits, int sampleMillis) {
        int[] places = SpreadSchema.places(artifact);
        if (!SpreadSchema.clocked(artifact, sampleMillis)) {
            throw new IllegalArgumentException("samples are of " + sampleMillis + " ms: "
                    + artifact.identity().name() + " was made for " + SpreadSchema.clock(artifact));
        }
        return new SpreadModel(limits, artifact, places);
    }

    /// Without a model: because the strategy wants none, or because none is there.
    ///
    /// @param why [SpreadReason#CHOSEN], [SpreadReason#NO_MODEL] or [SpreadReason#OTHER_CLOCK]
    public static SpreadModel heuristic(SpreadLimits limits, SpreadReason why) {
        if (why != SpreadReason.CHOSEN && why != SpreadReason.NO_MODEL && why != SpreadReason.OTHER_CLOCK) {
            throw new IllegalArgumentException("why must be CHOSEN, NO_MODEL or OTHER_CLOCK: " + why);
        }
        return new SpreadModel(limits, why);
    }

    /// The spread to quote now.
    ///
    /// @param features of the contract, which have heard everything up to now
    /// @param nowNanos on the clock of the features
    /// @param tookNanos how long the last answer took, as measured outside and journalled; 0 when not measured
    /// @param volatility annual, as a share of the price, for the heuristic; NaN: the features' own
    /// @return basis points, within the limits
    public double spreadBps(SpreadFeatures features, long nowNanos, long tookNanos, double volatility) {
        reason = judged(features, nowNanos, tookNanos);
        cell(reason)[0]++;
        spread = switch (reason) {
            case MODEL -> answer;
            case RAISED -> limits.lowBps();
            case TOO_HIGH -> limits.highBps(); // the heuristic would be nearer than what the model warns of
            case CHOSEN,
                    NO_MODEL,
                    WARMING_UP,
                    STALE,
                    MISSING_FEATURE,
                    FEATURE_OUTSIDE,
                    NOT_A_NUMBER,
                    TOO_LOW,
                    LATE,
                    REFUSED,
                    OTHER_CLOCK -> limits.heuristicBps(Double.isNaN(volatility) ? features.volatility() : volatility);
        };
        return spread;
    }

    /// Why the last spread is what it is.
    public SpreadReason reason() {
        return reason;
    }

    /// The last spread; NaN before the first.
    public double last() {
        return spread;
    }

    /// What the model answered last, believed or not; NaN without one.
    public double answer() {
        return answer;
    }

    /// How often a spread was told for this reason.
    public long count(SpreadReason which) {
        return cell(which)[0];
    }

    public SpreadLimits limits() {
        return limits;
    }

    private long[] cell(SpreadReason which) {
        return Objects.requireNonNull(counts.get(which));
    }

    private SpreadReason judged(SpreadFeatures features, long nowNanos, long tookNanos) {
        if (scorer == null) {
            return without;
        }
        if (!features.ready()) {
            return SpreadReason.WARMING_UP;
        }
        if (nowNanos - features.sampledNanos() > limits.staleNanos()) {
            return SpreadReason.STALE;
        }
        if (features.samples() != asked) {
            asked = features.samples();
            answer = Double.NaN;
            found = ask(scorer, features);
        }
        return found.believed() && tookNanos > limits.lateNanos() ? SpreadReason.LATE : found;
    }

    private SpreadReason ask(Scorer asking, SpreadFeatures features) {
        for (int i = 0; i < places.length; i++) {
            double value = features.value(places[i]);
            if (Double.isNaN(value)) {
                return SpreadReason.MISSING_FEATURE;
            }
            if (value < least[i] || value > most[i]) {
                return SpreadReason.FEATURE_OUTSIDE;
            }
            vector[i] = value;
        }
        try {
            asking.predict(vector, Deadline.NONE, margins, outputs);
        } catch (RowRefusedException refused) {
            return SpreadReason.REFUSED;
        }
        answer = outputs[0];
        if (!Double.isFinite(answer)) {
            return SpreadReason.NOT_A_NUMBER;
        }
        if (answer <= 0) {
            return SpreadReason.TOO_LOW;
        }
        if (answer < limits.lowBps()) {
            return SpreadReason.RAISED;
        }
        return answer > limits.highBps() ? SpreadReason.TOO_HIGH : SpreadReason.MODEL;
    }
}
