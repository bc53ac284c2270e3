package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;
import dev.tranche.inference.pmml.PmmlModel;
import java.nio.charset.StandardCharsets;

/// Reads a trained model from the bytes of its file.
public final class ModelFile {
    private ModelFile() {}

    /// Reads and compiles a model.
    ///
    /// @param format `xgboost` (JSON, UBJSON or the old binary layout, told apart by content), `lightgbm`
    ///     (text), `catboost` (JSON) or `pmml`
    /// @param bytes the whole file; not kept
    /// @param rounds how many boosting rounds take part
    /// @throws ArtifactException when the bytes are broken or hold something that would change the scores
    ///     unread, or the format has another name
    public static Model read(String format, byte[] bytes, Rounds rounds) {
        if (isPickle(bytes)) {
            throw ArtifactException.of(
                    "model_pickle",
                    "the file is a Python pickle, which runs code when it is opened and is never read; export the"
                            + " model itself, for example with booster.save_model(\"model.ubj\")");
        }
        return switch (format) {
            case "xgboost" -> xgboost(bytes).compile(rounds);
            case "lightgbm" -> LightgbmFile.read(bytes).compile(rounds);
            case "catboost" -> CatboostFile.read(bytes, rounds);
            case "pmml" -> pmml(bytes, rounds);
            default ->
                throw ArtifactException.of(
                        "model_format", "the format must be xgboost, lightgbm, catboost or pmml: " + format);
        };
    }

    private static Model pmml(byte[] bytes, Rounds rounds) {
        if (!(rounds instanceof Rounds.All)) {
            throw ArtifactException.of("model_rounds", "a PMML model has no rounds: rounds must be all: " + rounds);
        }
        return PmmlModel.of(PmmlXml.read(bytes));
    }

    /// Whether the bytes begin as a pickle of protocol 2 and later, or as the object of an older one.
    private static boolean isPickle(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        return start.matches("(?s)\u0080[\u0002-\u0005].*") || start.startsWith("ccopy_reg") || start.startsWith("(");
    }

    private static XgboostFile xgboost(byte[] bytes) {
        if (bytes.length < 2) {
            throw ArtifactException.of("model_truncated", "a model file has at least 2 bytes: " + bytes.length);
        }
        if (bytes[0] != '{') {
            return XgboostBinary.read(bytes);
        }
        boolean ubjson = "iUIlLS#$}".indexOf(bytes[1]) >= 0;
        return XgboostDocument.read(ubjson ? UbjsonDocument.read(bytes) : JsonDocument.read(bytes));
    }
}
