"""Whole pipelines on the German credit data. The JVM opens the same folders and reproduces every golden row."""

import unittest

from tests.support import LABEL, OUT, german, needs, read, samples


def preparation(sparse=0.0):
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import FeatureUnion, make_pipeline
    from sklearn.preprocessing import (
        FunctionTransformer,
        KBinsDiscretizer,
        MinMaxScaler,
        OneHotEncoder,
        OrdinalEncoder,
        PolynomialFeatures,
        RobustScaler,
        StandardScaler,
    )

    from tranche_export import log1p

    median = SimpleImputer(strategy="median", add_indicator=True)
    mode = SimpleImputer(strategy="most_frequent")
    logs = FeatureUnion([("log", FunctionTransformer(log1p)), ("bins", KBinsDiscretizer(4, encode="onehot-dense"))])
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(median, StandardScaler()), ["duration", "age"]),
            ("amount", make_pipeline(SimpleImputer(), logs), ["credit_amount"]),
            ("products", make_pipeline(PolynomialFeatures(3), RobustScaler()), ["installment_commitment", "residence_since"]),
            ("range", MinMaxScaler((-1, 1), clip=True), ["existing_credits"]),
            ("codes", OneHotEncoder(handle_unknown="ignore"), ["num_dependents"]),
            ("purpose", make_pipeline(mode, OneHotEncoder(min_frequency=30, handle_unknown="infrequent_if_exist")), ["purpose"]),
            ("texts", OneHotEncoder(drop="first"), ["checking_status", "housing"]),
            ("ordered", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), ["savings_status", "job"]),
        ],
        sparse_threshold=sparse,
    )


def models():
    from sklearn.ensemble import (
        GradientBoostingClassifier,
        HistGradientBoostingClassifier,
        RandomForestClassifier,
    )
    from sklearn.linear_model import LogisticRegression
    from sklearn.tree import DecisionTreeClassifier

    yield "lr", LogisticRegression(max_iter=500), 0.0
    yield "rf", RandomForestClassifier(20, max_depth=6, random_state=1), 0.0
    yield "tree", DecisionTreeClassifier(max_depth=5), 0.0
    yield "gb", GradientBoostingClassifier(n_estimators=20, random_state=1), 0.0
    yield "hist", HistGradientBoostingClassifier(max_iter=20, random_state=1), 0.0


@needs("sklearn", "pandas")
class PipelinesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.frame, cls.bad = german()

    def exported(self, kind, model, sparse=0.0, **options):
        from sklearn.pipeline import Pipeline

        from tranche_export import export

        pipeline = Pipeline([("prepare", preparation(sparse)), ("model", model)]).fit(self.frame, self.bad)
        name = "german_%s_v1.0" % kind
        return pipeline, export(pipeline, name, self.frame, folder=OUT / name, label=LABEL, **options)

    def test_models_of_scikit_learn_behind_a_column_transformer(self):
        for kind, model, sparse in models():
            with self.subTest(kind):
                pipeline, folder = self.exported(kind, model, sparse)
                rows = samples(folder)
                self.assertGreaterEqual(len(rows), 1000)
                self.assertEqual(read(folder, "model.yaml")["output"], "probability")
                answer = pipeline.predict_proba(self.frame[:50])[:, 1]
                golden = [row["output"][0] for row in rows[:50]]
                self.assertTrue(all(abs(a - b) < 1e-12 for a, b in zip(answer, golden)), "the trainer's own rows go first")

    @needs("xgboost")
    def test_xgboost_on_dense_and_on_sparse_columns(self):
        from xgboost import XGBClassifier

        margins = []
        for kind, sparse in (("xgb", 0.0), ("xgbsparse", 1.0)):
            model = XGBClassifier(n_estimators=40, max_depth=4, n_jobs=1, learning_rate=0.2)
            pipeline, folder = self.exported(kind, model, sparse)
            rows = samples(folder)
            self.assertGreaterEqual(len(rows), 1000)
            answer = pipeline.predict_proba(self.frame[:200])[:, 1]
            self.assertEqual([float(x) for x in map(str, answer)], [row["output"][0] for row in rows[:200]])
            margins.append([row["margin"] for row in rows[:200]])
        self.assertNotEqual(margins[0], margins[1], "a zero that a sparse matrix leaves out is missing to XGBoost")

    def test_golden_rows_hold_the_edges_and_the_schema_what_is_taken(self):
        from sklearn.ensemble import ExtraTreesClassifier

        _, folder = self.exported("edges", ExtraTreesClassifier(5, max_depth=5, random_state=1))
        rows = [row["input"] for row in samples(folder)]
        durations = {row.get("duration") for row in rows}
        self.assertIn(None, durations, "missing")
        self.assertIn("never seen in training", {row.get("purpose") for row in rows}, "unseen")
        numbers = sorted(one for one in durations if one is not None)
        close = [b - a for a, b in zip(numbers, numbers[1:]) if b - a < 1e-12]
        self.assertTrue(close, "rows on both sides of a threshold, next to each other")
        features = {one["name"]: one for one in read(folder, "features.json")["features"]}
        self.assertEqual(features["duration"], {"name": "duration", "type": "number", "missing": "allow", "range": [-1e38, 1e38]})
        self.assertEqual(features["residence_since"]["missing"], "reject")
        self.assertEqual(features["residence_since"]["range"], [-1e12, 1e12], "its third power is a float")
        self.assertEqual(features["credit_amount"]["range"][0], 0.0, "log1p of less is no number")
        self.assertEqual(features["checking_status"]["unseen"], "reject")
        self.assertEqual(features["purpose"]["unseen"], "allow")
        self.assertNotIn("own_telephone", features, "nothing reads it")

    def test_the_same_pipeline_gives_the_same_bytes(self):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import Pipeline

        from tranche_export import export

        prepare = preparation().set_params(products="drop")
        pipeline = Pipeline([("prepare", prepare), ("model", LogisticRegression(max_iter=500))])
        pipeline.fit(self.frame, self.bad)
        folders = [export(pipeline, "german_again_v1.0", self.frame, folder=OUT / one) for one in ("again1", "again2")]
        for name in ("model.yaml", "logistic.json", "features.json", "transform.yaml", "samples.jsonl"):
            first, second = ((folder / name).read_bytes() for folder in folders)
            self.assertEqual(first, second, name)


@needs("sklearn", "pandas")
class ModelsAloneTest(unittest.TestCase):
    def numbers(self):
        frame, bad = german()
        return frame.select_dtypes("number"), bad

    @needs("xgboost")
    def test_a_classifier_with_early_stopping_uses_its_best_round(self):
        from xgboost import XGBClassifier

        from tranche_export import export

        frame, bad = self.numbers()
        model = XGBClassifier(n_estimators=60, n_jobs=1, early_stopping_rounds=5)
        model.fit(frame[:700], bad[:700], eval_set=[(frame[700:], bad[700:])], verbose=False)
        folder = export(model, "german_early_v1.0", frame, folder=OUT / "german_early_v1.0", label=LABEL)
        self.assertEqual(read(folder, "model.yaml")["rounds"], "best")
        self.assertLess(model.best_iteration, 59)

    @needs("xgboost")
    def test_classes_values_and_a_booster(self):
        import xgboost

        from tranche_export import export

        frame, bad = self.numbers()
        three = bad + (frame["age"].fillna(0) > 40).to_numpy()
        many = xgboost.XGBClassifier(n_estimators=10, n_jobs=1).fit(frame, three)
        folder = export(many, "german_classes_v1.0", frame, folder=OUT / "german_classes_v1.0")
        self.assertEqual(len(samples(folder)[0]["output"]), 3)
        value = xgboost.XGBRegressor(n_estimators=10, n_jobs=1, objective="reg:tweedie").fit(frame, bad)
        folder = export(value, "german_value_v1.0", frame, folder=OUT / "german_value_v1.0")
        self.assertEqual(read(folder, "model.yaml")["output"], "value")
        matrix = xgboost.DMatrix(frame, bad)
        booster = xgboost.train({"objective": "binary:logistic", "nthread": 1, "booster": "dart", "rate_drop": 0.2}, matrix, 8)
        calibration = {"op": "platt", "a": 0.9, "b": -0.1}
        folder = export(booster, "german_dart_v1.0", frame, folder=OUT / "german_dart_v1.0", calibration=calibration)
        self.assertEqual(read(folder, "model.yaml")["calibration"], calibration)

    @needs("xgboost")
    def test_categories_of_a_frame_become_codes(self):
        import pandas
        from xgboost import XGBClassifier

        from tranche_export import export

        frame, bad = german()
        for column in frame.select_dtypes("object"):
            frame[column] = pandas.Categorical(frame[column])
        model = XGBClassifier(n_estimators=20, n_jobs=1, tree_method="approx", enable_categorical=True, max_cat_to_onehot=4)
        folder = export(model.fit(frame, bad), "german_cat_v1.0", frame, folder=OUT / "german_cat_v1.0", label=LABEL)
        purpose = [one for one in read(folder, "features.json")["features"] if one["name"] == "purpose"][0]
        self.assertEqual(purpose["unseen"], "missing")
        self.assertIn("radio/tv", purpose["categories"])

    def test_regressions_and_classes_of_scikit_learn(self):
        from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestRegressor
        from sklearn.linear_model import Ridge

        from tranche_export import export

        frame, bad = self.numbers()
        full = frame.fillna(0.0)
        three = bad + (full["age"] > 40).to_numpy()
        for kind, model, given, target in (
            ("ridge", Ridge(), full, full["credit_amount"] / 100),
            ("forest", RandomForestRegressor(10, max_depth=5, random_state=1), full, bad),
            ("histvalue", HistGradientBoostingRegressor(max_iter=10, loss="poisson"), frame, bad + 1),
            ("three", GradientBoostingClassifier(n_estimators=5, random_state=1), full, three),
        ):
            name = "german_%s_v1.0" % kind
            folder = export(model.fit(given, target), name, given, folder=OUT / name)
            self.assertGreaterEqual(len(samples(folder)), 1000, kind)

    def test_an_array_without_names(self):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        from tranche_export import export

        frame, bad = self.numbers()
        array = frame.fillna(0.0).to_numpy()
        pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(array, bad)
        folder = export(pipeline, "german_array_v1.0", array, folder=OUT / "german_array_v1.0")
        self.assertEqual(read(folder, "features.json")["features"][0]["name"], "x0")


if __name__ == "__main__":
    unittest.main()
