package dev.tranche.engine;

import dev.tranche.engine.divergence.EngineKeys;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.Key;
import java.util.ArrayList;
import java.util.List;

/// Which keys of the configuration changed and are not taken while running.
final class Restart {
    private static final List<Key<?>> AT_A_START = List.of(
            EngineKeys.PRODUCT,
            EngineKeys.CALIBRATION,
            EngineKeys.HOST,
            EngineKeys.PORT,
            EngineKeys.DATA,
            EngineKeys.DURABILITY,
            EngineKeys.SEGMENT,
            EngineKeys.MAX_BYTES,
            EngineKeys.KEPT,
            EngineKeys.QUEUE,
            EngineKeys.BAR,
            EngineKeys.OFI,
            EngineKeys.SILENCE,
            EngineKeys.SERVER,
            EngineKeys.TOKEN_FILE,
            EngineKeys.ACCESS_FILE);

    private Restart() {}

    /// Their names.
    static List<String> keys(Config before, Config now) {
        List<String> changed = new ArrayList<>();
        for (Key<?> key : AT_A_START) {
            if (!before.value(key).equals(now.value(key))) {
                changed.add(key.name());
            }
        }
        if (!rows(before).equals(rows(now))) {
            changed.add(EngineKeys.STREAMS.name());
        }
        return changed;
    }

    private static List<List<Object>> rows(Config config) {
        return config.rows(EngineKeys.STREAMS).stream()
                .map(row -> EngineKeys.STREAMS.columns().stream()
                        .map(column -> (Object) row.value(column))
                        .toList())
                .toList();
    }
}
