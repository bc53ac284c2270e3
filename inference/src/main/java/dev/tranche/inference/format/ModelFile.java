package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;

/// Reads a trained model from the bytes of its file.
public final class ModelFile {
    private ModelFile() {}

    /// Reads and compiles a model.
    ///
    /// @param format `xgboost` (JSON, UBJSON or the old binary layout, told apart by content) or `lightgbm` (text)
    /// @param bytes the whole file; not kept
    /// @param rounds how many boosting rounds take part
    /// @throws ArtifactException when the bytes are broken or hold something that would change the scores unread
    /// @throws IllegalArgumentException when the format has another name
    public static Model read(String format, byte[] bytes, Rounds rounds) {
        return switch (format) {
            case "xgboost" -> xgboost(bytes).compile(rounds);
            case "lightgbm" -> LightgbmFile.read(bytes).compile(rounds);
            default -> throw new IllegalArgumentException("format must be xgboost or lightgbm: " + format);
        };
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
