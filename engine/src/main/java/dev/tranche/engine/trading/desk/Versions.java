package dev.tranche.engine.trading.desk;

import dev.tranche.engine.upstream.PackedFiles;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.spread.SpreadSchema;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The versions that inputs name by their digest, read before the loop needs them, so that a swap costs the
/// loop nothing. Thread-safe.
public final class Versions {
    /// The file of a strategy's folder.
    public static final String STRATEGY_FILE = "strategy.yaml";

    private final Map<String, StrategyTerms> strategies = new ConcurrentHashMap<>();
    private final Map<String, Artifact> models = new ConcurrentHashMap<>();

    private Versions() {}

    /// None is known.
    public static Versions none() {
        return new Versions();
    }

    /// Reads a strategy's files.
    ///
    /// @param packed as [PackedFiles#pack] packed them
    /// @throws IllegalArgumentException when they are no strategy, naming what is wrong
    public StrategyTerms readStrategy(String digest, byte[] packed) {
        StrategyTerms known = strategies.get(digest);
        if (known != null) {
            return known;
        }
        byte[] file = PackedFiles.unpack(packed).get(STRATEGY_FILE);
        if (file == null) {
            throw new IllegalArgumentException("a strategy's folder holds " + STRATEGY_FILE);
        }
        StrategyTerms terms = StrategyTerms.read(file);
        strategies.put(digest, terms);
        return terms;
    }

    /// Reads the files of a model of a spread.
    ///
    /// @param packed as [PackedFiles#pack] packed them
    /// @throws IllegalArgumentException when they are no model of a spread, naming what is wrong; nothing has
    ///     changed then
    public Artifact readSpreadModel(String digest, byte[] packed) {
        Artifact known = models.get(digest);
        Artifact artifact;
        try {
            artifact = known == null ? Artifact.open(PackedFiles.unpack(packed)) : known;
        } catch (ArtifactException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        SpreadSchema.places(artifact);
        models.put(digest, artifact);
        return artifact;
    }

    /// Reads a model's files as a journal holds them, fit or not: what a desk refused, it refuses again.
    ///
    /// @param packed as [PackedFiles#pack] packed them
    /// @throws IllegalArgumentException when they are no model, naming what is wrong
    public Artifact readModel(String digest, byte[] packed) {
        Artifact known = models.get(digest);
        if (known != null) {
            return known;
        }
        Artifact artifact = Artifact.open(PackedFiles.unpack(packed));
        models.put(digest, artifact);
        return artifact;
    }

    /// @throws IllegalArgumentException when it was not read before
    StrategyTerms strategy(String digest) {
        StrategyTerms terms = strategies.get(digest);
        if (terms == null) {
            throw new IllegalArgumentException("the journal holds no strategy with this digest: " + digest);
        }
        return terms;
    }

    /// @throws IllegalArgumentException when it was not read before
    Artifact model(String digest) {
        return Objects.requireNonNullElseGet(models.get(digest), () -> {
            throw new IllegalArgumentException("the journal holds no model with this digest: " + digest);
        });
    }
}
