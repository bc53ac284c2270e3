package dev.tranche.server.artifact;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Only data is taken in: a file whose reading can run code is refused, with advice on how to export the
/// model.
final class DataOnly {
    private static final List<String> CODE_SUFFIXES = List.of(
            ".pkl", ".pickle", ".joblib", ".cloudpickle", ".dill", ".pt", ".pth", ".npy", ".rds", ".jar", ".class");
    static final String ADVICE = "export it as data: xgboost: model.save_model(\"model.ubj\"); "
            + "lightgbm: model.booster_.save_model(\"model.txt\"); mlflow: "
            + "mlflow.xgboost.log_model(booster, name=\"model\", model_format=\"ubj\") or mlflow.lightgbm.log_model(booster, …); "
            + "scorecards: scorecard.json";

    private DataOnly() {}

    /// @throws Refused with code `pickle` when a file's name or first bytes say that it is serialized code
    static void check(Map<String, byte[]> files) {
        files.forEach((name, bytes) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean named = CODE_SUFFIXES.stream().anyMatch(lower::endsWith);
            if (named || pickled(bytes) || archived(bytes)) {
                throw Refused.of(
                        Refused.Kind.RULE,
                        "pickle",
                        name + " is a pickle or another file that runs code when it is read; " + ADVICE,
                        name,
                        "data-only formats: XGBoost JSON or UBJSON, LightGBM text, scorecard or logistic JSON");
            }
        });
    }

    /// Pickle protocols 2 to 5 begin with PROTO and end with STOP; Java's serialization begins with AC ED.
    private static boolean pickled(byte[] bytes) {
        boolean python = bytes.length > 2
                && (bytes[0] & 0xff) == 0x80
                && bytes[1] >= 2
                && bytes[1] <= 5
                && bytes[bytes.length - 1] == '.';
        boolean java = bytes.length > 2 && (bytes[0] & 0xff) == 0xac && (bytes[1] & 0xff) == 0xed;
        return python || java;
    }

    /// A zip in the folder: torch and skops archives, which hold pickles.
    private static boolean archived(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }
}
