"""Pipelines that end with LightGBM, answered by the genuine native library; see `native_lightgbm`."""

import os
import unittest

from tests.support import LABEL, OUT, german, needs, read, samples


@needs("sklearn", "pandas")
@unittest.skipUnless(os.environ.get("TRANCHE_LIGHTGBM"), "needs TRANCHE_LIGHTGBM, the path of lib_lightgbm.so")
class LightgbmTest(unittest.TestCase):
    def exported(self, kind, parameters, target, rounds=20):
        from sklearn.compose import ColumnTransformer
        from sklearn.pipeline import Pipeline
        from sklearn.preprocessing import OrdinalEncoder, StandardScaler

        from tests.native_lightgbm import Booster
        from tranche_export import export

        frame, _ = german()
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        prepare = ColumnTransformer(
            [("numbers", StandardScaler(), ["duration", "credit_amount", "age"]), ("codes", codes, ["housing", "purpose"])]
        ).fit(frame)
        booster = Booster(prepare.transform(frame), target, parameters, rounds)
        name = "german_%s_v1.0" % kind
        pipeline = Pipeline([("prepare", prepare), ("model", booster)])
        return export(pipeline, name, frame, folder=OUT / name, label=LABEL)

    def test_missing_values_categories_and_a_probability(self):
        _, bad = german()
        folder = self.exported("lgbm", {"objective": "binary", "num_leaves": 15, "categorical_feature": "4"}, bad)
        self.assertEqual(read(folder, "model.yaml")["output"], "probability")
        self.assertGreaterEqual(len(samples(folder)), 1000)

    def test_several_classes_and_a_value(self):
        frame, bad = german()
        three = bad + (frame["age"].fillna(0) > 40).to_numpy()
        folder = self.exported("lgbmclasses", {"objective": "multiclass", "num_class": 3, "num_leaves": 7}, three, 5)
        self.assertEqual(len(samples(folder)[0]["output"]), 3)
        folder = self.exported("lgbmvalue", {"objective": "poisson", "num_leaves": 7}, bad + 1, 5)
        self.assertEqual(read(folder, "model.yaml")["output"], "value")


if __name__ == "__main__":
    unittest.main()
