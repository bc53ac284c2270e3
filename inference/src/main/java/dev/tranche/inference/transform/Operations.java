package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;
import java.util.Map;
import java.util.TreeMap;

/// Every operation by its word; `docs/reference/transform.md` has an example of each, which a test runs.
final class Operations {
    /// The words in alphabetical order.
    static final Map<String, Operation> ALL = all();

    private Operations() {}

    private static Map<String, Operation> all() {
        Map<String, Operation> all = new TreeMap<>();
        all.put("parse", Parsing::parse);
        all.put("normalise", Texts::normalise);
        all.put("impute", Presence::impute);
        all.put("flag", Presence::flag);
        all.put("clip", Numbers::clip);
        all.put("log1p", Numbers::log1p);
        all.put("sqrt", Numbers::sqrt);
        all.put("power", Numbers::power);
        all.put("standardise", Numbers::standardise);
        all.put("min_max", Numbers::minMax);
        all.put("robust", Numbers::robust);
        all.put("bin", Tables::bin);
        all.put("woe", Tables::woe);
        all.put("points", Tables::points);
        all.put("group", Categories::group);
        all.put("ordinal", Categories::ordinal);
        all.put("one_hot", Categories::oneHot);
        all.put("target_encode", Categories::targetEncode);
        all.put("frequency", Categories::frequency);
        all.put("lookup", Categories::lookup);
        all.put("sum", Arithmetic::sum);
        all.put("difference", Arithmetic::difference);
        all.put("product", Arithmetic::product);
        all.put("ratio", Arithmetic::ratio);
        all.put("linear", Arithmetic::linear);
        all.put("date_difference", Dates::difference);
        all.put("age", Dates::age);
        all.put("window", Windows::window);
        all.put("prior_shift", Operations::calibration);
        all.put("platt", Operations::calibration);
        all.put("isotonic", Operations::calibration);
        all.put("pdo", Operations::calibration);
        return all;
    }

    private static Step calibration(JsonKeys keys, Columns columns) {
        Calibration calibration = Calibration.read(keys);
        return Numbers.unary(keys, columns, calibration::apply);
    }
}
