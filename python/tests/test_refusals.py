"""What cannot be exported exactly is refused by name, with advice."""

import unittest

from tests.support import OUT, german, needs
from tranche_export import Refused, export
from tranche_export.folder import checked_name, label_of


@needs("sklearn", "pandas")
class RefusalsTest(unittest.TestCase):
    def refused(self, steps, frame, target, **options):
        from sklearn.pipeline import make_pipeline

        with self.assertRaises(Refused) as caught:
            export(make_pipeline(*steps).fit(frame, target), "a_refusal_v1.0", frame, folder=OUT / "refused", **options)
        self.assertFalse((OUT / "refused").exists(), "nothing is written")
        return str(caught.exception)

    def numbers(self):
        frame, bad = german()
        return frame.select_dtypes("number").fillna(0.0), bad

    def test_transformers_without_an_exact_operation(self):
        import numpy
        from sklearn.decomposition import PCA
        from sklearn.impute import KNNImputer
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import FunctionTransformer, Normalizer, PowerTransformer, QuantileTransformer

        frame, bad = self.numbers()
        for step, words in (
            (PCA(2), "PCA is not exported"),
            (KNNImputer(), "KNNImputer is not exported"),
            (Normalizer(), "Normalizer is not exported"),
            (PowerTransformer(), "PowerTransformer is not exported"),
            (QuantileTransformer(n_quantiles=10), "QuantileTransformer is not exported"),
            (FunctionTransformer(numpy.log1p), "Take tranche_export.log1p"),
            (FunctionTransformer(lambda x: x), "a function is code"),
        ):
            with self.subTest(words):
                self.assertIn(words, self.refused((step, LogisticRegression(max_iter=9)), frame, bad))

    def test_models_without_a_format(self):
        from sklearn.calibration import CalibratedClassifierCV
        from sklearn.ensemble import GradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.neighbors import KNeighborsClassifier

        frame, bad = self.numbers()
        three = bad + (frame["age"] > 40)
        first = LogisticRegression(max_iter=9)
        for model, target, words in (
            (KNeighborsClassifier(), bad, "KNeighborsClassifier is not exported"),
            (CalibratedClassifierCV(first), bad, "calibration={'op': 'platt'"),
            (first, three, "LogisticRegression with 3 outputs"),
            (GradientBoostingClassifier(n_estimators=2, init=first), bad, "its first guess is a model of its own"),
        ):
            with self.subTest(words):
                self.assertIn(words, self.refused((model,), frame, target))

    def test_columns_that_no_request_carries(self):
        import pandas
        from sklearn.dummy import DummyClassifier

        bad = [0, 1, 0]
        for column, words in (
            (pandas.to_datetime(["2026-01-01"] * 3), "a request has numbers, booleans and texts"),
            ([1, "a", 2], "it mixes int, str"),
            (["a", "b", "a"], "DummyClassifier is not exported"),
        ):
            frame = pandas.DataFrame({"x": column})
            with self.subTest(words):
                self.assertIn(words, self.refused((DummyClassifier(),), frame, bad))

    @needs("xgboost")
    def test_a_marker_for_missing_that_the_file_does_not_hold(self):
        from xgboost import XGBClassifier

        frame, bad = self.numbers()
        model = XGBClassifier(n_estimators=2, missing=0.0, n_jobs=1)
        self.assertIn("the file does not hold the marker", self.refused((model,), frame, bad))

    def test_names_and_labels(self):
        for name in ("model", "Model_v1.0", "model_v1", "a/b_v1.0"):
            with self.assertRaisesRegex(Refused, "product_type_v1.0"):
                checked_name(name)
        with self.assertRaisesRegex(Refused, "label key sense"):
            label_of({"sense": 1}, None)
        self.assertEqual(label_of(None, ["good", "bad"])["positive"], "bad")

    def test_a_calibration_that_is_not_computed_here(self):
        from sklearn.linear_model import LogisticRegression

        frame, bad = self.numbers()
        text = self.refused((LogisticRegression(max_iter=9),), frame, bad, calibration={"op": "isotonic"})
        self.assertIn("Known: platt", text)


if __name__ == "__main__":
    unittest.main()
