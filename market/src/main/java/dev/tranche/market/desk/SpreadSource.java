package dev.tranche.market.desk;

import dev.tranche.inference.Artifact;
import dev.tranche.market.spread.SpreadFeatures;
import dev.tranche.market.spread.SpreadModel;
import dev.tranche.market.spread.SpreadReason;
import dev.tranche.market.spread.SpreadSchema;

/// The spread of one contract for all seats that ask alike. One writer.
final class SpreadSource {
    private final Floor floor;
    private final StrategyTerms.Spread terms;
    private final SpreadFeatures features;
    private SpreadModel model;
    private long tookNanos;
    private long tookAt;

    SpreadSource(Floor floor, StrategyTerms.Spread terms, SpreadFeatures features) {
        this.floor = floor;
        this.terms = terms;
        this.features = features;
        this.model = made();
    }

    StrategyTerms.Spread terms() {
        return terms;
    }

    SpreadFeatures features() {
        return features;
    }

    /// The model of a product changed.
    void modelled(String product) {
        if (terms.product().equals(product)) {
            model = made();
        }
    }

    /// How long the answer to the last sample took, as measured outside.
    void took(long nanos) {
        tookNanos = nanos;
        tookAt = features.samples();
    }

    private SpreadModel made() {
        Artifact artifact = floor.artifacts.get(terms.product());
        return switch (terms.source()) {
            case THEORY, HEURISTIC -> SpreadModel.heuristic(terms.limits(), SpreadReason.CHOSEN);
            case MODEL -> artifact == null ? stoodInFor(SpreadReason.NO_MODEL) : modelled(artifact);
        };
    }

    private SpreadModel modelled(Artifact artifact) {
        int millis = (int) terms.sample().toMillis();
        return SpreadSchema.clocked(artifact, millis)
                ? SpreadModel.of(artifact, terms.limits(), millis)
                : stoodInFor(SpreadReason.OTHER_CLOCK);
    }

    private SpreadModel stoodInFor(SpreadReason why) {
        return SpreadModel.heuristic(terms.limits(), why);
    }

    /// Whole spread, basis points; NaN: the theory's own.
    double basisPoints() {
        if (terms.source() == StrategyTerms.Source.THEORY) {
            return Double.NaN;
        }
        features.advance(floor.now);
        return model.spreadBps(features, floor.now, tookAt == features.samples() ? tookNanos : 0, Double.NaN);
    }

    /// Where the last one came from.
    SpreadReason reason() {
        return terms.source() == StrategyTerms.Source.THEORY ? SpreadReason.CHOSEN : model.reason();
    }

    /// How often it came from there.
    long count(SpreadReason reason) {
        return model.count(reason);
    }

    void digest(Digest into) {
        into.add(model.last()).add(model.answer()).add(tookNanos).add(tookAt);
    }
}
