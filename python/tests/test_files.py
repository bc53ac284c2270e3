"""A model's own file, and the command line."""

import contextlib
import csv
import gzip
import io
import json
import tempfile
import unittest
from pathlib import Path

from tests.support import OUT, SHARED, german, needs, read, samples
from tests.test_cards import OPTBINNING, TOAD
from tranche_export import Refused, export_file
from tranche_export.__main__ import main

ORACLE = SHARED / "data" / "models" / "credit_oracle" / "hmeq"


class FilesTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.here = Path(holder.name)

    def said(self, *words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in words])
        return code, out.getvalue(), err.getvalue()

    @unittest.skipUnless(ORACLE.is_dir(), "needs ../shared/data/models/credit_oracle")
    def test_files_that_the_genuine_libraries_wrote_and_answered(self):
        for kind, model in (("lgb", "model.lgb.txt"), ("xgb", "model.xgb.ubj")):
            with gzip.open(ORACLE / "input.csv.gz", "rt") as file:
                lines = [line[1:] for line in csv.reader(file)]
            with gzip.open(ORACLE / ("expected.%s.csv.gz" % kind), "rt") as file:
                answers = [["output", "margin"]] + list(csv.reader(file))[1:]
            for name, table in (("rows.csv", lines), ("answers.csv", answers)):
                with open(self.here / name, "w", newline="") as file:
                    csv.writer(file).writerows(table)
            name = "hmeq_%s_v1.0" % kind
            words = ["file", ORACLE / model, "--name", name, "--out", OUT / name, "--rows", self.here / "rows.csv"]
            words += ["--answers", self.here / "answers.csv", "--features", ",".join(lines[0]), "--output", "probability"]
            self.assertEqual(self.said(*words)[0], 0)
            self.assertGreater(len(samples(OUT / name)), 1000)

    @needs("xgboost", "pandas")
    def test_an_xgboost_file_answered_here(self):
        import xgboost

        frame, bad = german()
        frame = frame.select_dtypes("number")
        booster = xgboost.train({"objective": "binary:logistic", "nthread": 1}, xgboost.DMatrix(frame, bad), 5)
        booster.save_model(self.here / "model.json")
        frame.to_csv(self.here / "rows.csv", index=False)
        name = "german_file_v1.0"
        folder = export_file(self.here / "model.json", name, rows=self.here / "rows.csv", folder=OUT / name)
        self.assertEqual(read(folder, "model.yaml")["output"], "probability")
        self.assertEqual(len(samples(folder)), len(frame))

    def test_a_file_without_rows_has_no_golden_rows(self):
        (self.here / "model.cbm.json").write_text(json.dumps({"oblivious_trees": []}))
        folder = export_file(self.here / "model.cbm.json", "a_cat_v1.0", features=["a", "b"], folder=self.here / "out")
        self.assertFalse((folder / "samples.jsonl").exists())
        self.assertEqual(read(folder, "model.yaml")["format"], "catboost")

    def test_a_pickle_and_an_unknown_file_are_refused(self):
        for name, content, words in (
            ("model.pkl", b"\x80\x04.", "a pickle is not exported: it is code"),
            ("model.bin", b"abc", "its format is not known by its name"),
            ("model.pmml", b"<PMML/>", "it has no feature names"),
        ):
            (self.here / name).write_bytes(content)
            with self.assertRaisesRegex(Refused, words):
                export_file(self.here / name, "a_file_v1.0")

    @needs("sklearn", "pandas")
    def test_the_command_line_exports_a_pickled_pipeline(self):
        import joblib
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        frame, bad = german()
        frame = frame.select_dtypes("number").fillna(0.0)
        joblib.dump(make_pipeline(StandardScaler(), LogisticRegression()).fit(frame, bad), self.here / "pipeline.joblib")
        frame.assign(bad=bad).to_csv(self.here / "rows.csv", index=False)
        words = ["pipeline", self.here / "pipeline.joblib", "--rows", self.here / "rows.csv", "--drop", "bad"]
        code, out, err = self.said(*words, "--name", "german_pickled_v1.0", "--out", OUT / "german_pickled_v1.0")
        self.assertEqual((code, out.strip(), err), (0, str(OUT / "german_pickled_v1.0"), ""))

    def test_the_command_line_exports_cards_and_tells_refusals(self):
        (self.here / "card.json").write_text(json.dumps(TOAD))
        code, _, _ = self.said("card", self.here / "card.json", "--name", "card_json_v1.0", "--out", OUT / "card_json_v1.0")
        self.assertEqual(code, 0)
        with open(self.here / "card.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, list(OPTBINNING[0]))
            writer.writeheader()
            writer.writerows(OPTBINNING)
        words = ["card", self.here / "card.csv", "--out", OUT / "card_csv_v1.0", "--unseen", "1"]
        self.assertEqual(self.said(*words, "--name", "card_csv_v1.0")[0], 0)
        code, out, err = self.said(*words, "--name", "Card")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("the name 'Card' is not exported: a version is named product_type_v1.0", err)


if __name__ == "__main__":
    unittest.main()
