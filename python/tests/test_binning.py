"""optbinning's BinningProcess by its documented interface; the library is not here, so a class of the same shape stands in."""

import unittest

from tests.support import LABEL, OUT, german, needs, read, samples


class BinningProcess:
    """Splits, special codes and weights as optbinning's object has them, fitted by nothing but the hand."""

    variables = {
        "duration": ([12.0, 24.0], [-1.0], [-0.9, 0.1, 0.7], 0.25, 0.0),
        "purpose": ([["new car", "education"], ["radio/tv"]], None, [0.4, -0.5], None, 0.0),
    }

    def get_support(self, names=False):
        return list(self.variables)

    def get_binned_variable(self, name):
        variable = type("OptimalBinning", (), {})()
        variable.splits, variable.special_codes = self.variables[name][:2]
        return variable

    def fit(self, frame, target=None):
        return self

    def transform(self, frame):
        return type(frame)({name: [self.weight(name, value) for value in frame[name]] for name in self.variables})

    def weight(self, name, value):
        splits, codes, weights, special, missing = self.variables[name]
        if value is None or value != value:
            return missing
        if codes is None:
            return next((weight for texts, weight in zip(splits, weights) if value in texts), 0.05)
        return special if value in codes else weights[sum(1 for split in splits if value >= split)]


@needs("sklearn", "pandas")
class BinningTest(unittest.TestCase):
    def test_weights_are_asked_from_the_object(self):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import Pipeline

        from tranche_export import export

        frame, bad = german()
        pipeline = Pipeline([("bins", BinningProcess()), ("model", LogisticRegression())]).fit(frame, bad)
        folder = export(pipeline, "german_woe_v1.0", frame, folder=OUT / "german_woe_v1.0", label=LABEL)
        first, second = read(folder, "transform.yaml")["steps"]
        self.assertEqual((first["edges"], first["woe"], first["missing"]), ([12.0, 24.0], [-0.9, 0.1, 0.7], 0.0))
        self.assertEqual(first["special"], [{"values": [-1.0], "woe": 0.25}])
        self.assertEqual(second["categories"][1], {"values": ["radio/tv"], "woe": -0.5})
        self.assertEqual((second["missing"], second["unseen"]), (0.0, 0.05))
        durations = {row["input"].get("duration") for row in samples(folder)}
        self.assertLessEqual({12.0, 11.999999999999998, 24.0, 23.999999999999996}, durations)


if __name__ == "__main__":
    unittest.main()
