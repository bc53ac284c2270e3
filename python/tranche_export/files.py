"""A model's own file as an artifact folder, with rows that its library answers here or answered elsewhere."""

import csv
import json
import math
import os

from . import folder as folders
from .functions import exact, narrowed
from .refusal import Refused
from .spec import Feature
from .trained import DOUBLE, FLOAT, Trained, output_of_objective

FORMATS = {".ubj": "xgboost", ".xgb": "xgboost", ".bst": "xgboost", ".txt": "lightgbm", ".pmml": "pmml", ".onnx": "onnx"}


def export_file(
    path,
    name,
    rows=None,
    answers=None,
    features=None,
    folder=None,
    label=None,
    provenance=None,
    output=None,
    format=None,
):
    """Writes the artifact folder of a model file and returns its path.

    rows: a CSV with the features as columns, empty cells missing; golden rows are answered by the library, where it can be
        imported (XGBoost, LightGBM).
    answers: a CSV with columns margin and output, or margin_0, margin_1, … and output_0, …: what the library answered for
        the rows elsewhere. Without both no golden rows are written: the version can be registered, not released.
    features: names in the model's order, when neither the file nor the rows have them.
    output: probability, value, classes or score, when the file does not say.
    """
    folders.checked_name(name)
    with open(path, "rb") as file:
        content = file.read()
    if content[:1] == b"\x80" or str(path).endswith((".pkl", ".pickle", ".joblib")):
        raise Refused("a pickle", "it is code", "Export the object itself: tranche_export.export")
    trained = Given(path, content, format, output)
    header, given = table(rows) if rows else ([], [])
    names = list(features or trained.names or header)
    if not names:
        raise Refused("the file", "it has no feature names", "Give features=[…] in the model's order")
    if header and set(header) < set(names):
        raise Refused("rows", "columns %s are missing" % sorted(set(names) - set(header)))
    files = {
        "model.yaml": folders.model_yaml(name, trained, label, provenance, None, False),
        trained.file: content,
        "features.json": {"features": [Feature(one, "number").json() for one in names]},
    }
    if given:
        vectors = [[row[header.index(one)] for one in names] for row in given]
        files["samples.jsonl"] = trained.samples(names, vectors, answers)
    return folders.write(folder or name, files)


class Given(Trained):
    """A file and what is known of it."""

    def __init__(self, path, content, format, output):
        self.path = str(path)
        self.file = os.path.basename(self.path)
        self.library = "a file"
        self.format = format or kind_of(self.path, content)
        self.precision = FLOAT if self.format in ("xgboost", "onnx") else DOUBLE
        self.output = output or "value"
        self.names = ()
        if self.format == "lightgbm":
            text = content.decode("utf-8")
            self.output = output or output_of_objective(text)
            self.names = next((tuple(line[14:].split()) for line in text.splitlines() if line.startswith("feature_names=")), ())
        elif self.format == "xgboost":
            self.booster = loaded(self.path)
            if self.booster is not None:
                from . import models

                known = models.Xgboost(self.booster)
                self.names, self.output, self.library = known.names, output or known.output, known.library
            elif output is None:
                raise Refused("the file", "XGBoost is not here to tell its objective", "Give output='probability' or another")

    def samples(self, names, vectors, answers):
        margins, outputs = recorded(answers, len(vectors)) if answers else self.answered(names, vectors)
        features = [Feature(one, "number") for one in names]
        text = narrowed if self.precision == FLOAT else exact
        texts = [[text(value) for value in row] for row in vectors]
        return folders.samples(features, vectors, texts, margins, outputs)

    def answered(self, names, vectors):
        holed = [[math.nan if value is None else value for value in row] for row in vectors]
        if self.format == "xgboost" and self.booster is not None:
            import numpy

            from . import models

            given = numpy.array(holed, dtype=numpy.float64)
            matrix = models.xgboost_matrix(given, list(names), self.booster)
            both = [self.booster.predict(matrix, output_margin=margin) for margin in (True, False)]
        elif self.format == "lightgbm":
            both = lightgbm_answers(self.path, holed)
        else:
            raise Refused("rows for a %s file" % self.format, "its library is not asked here", "Give its answers too")
        text = narrowed if self.precision == FLOAT else exact
        return [[[text(float(value)) for value in each(row)] for row in one] for one in both]


def each(answer):
    """The numbers of one answer: several outputs, or one."""
    return answer if hasattr(answer, "__len__") else [answer]


def kind_of(path, content):
    extension = os.path.splitext(path)[1].lower()
    if extension in FORMATS:
        return FORMATS[extension]
    if extension == ".json":
        keys = json.loads(content.decode("utf-8"))
        return "xgboost" if "learner" in keys else "catboost" if "oblivious_trees" in keys else unknown(path)
    return unknown(path)


def unknown(path):
    raise Refused("the file " + os.path.basename(path), "its format is not known by its name", "Give format='xgboost' or another")


def loaded(path):
    """The XGBoost model of a file; None where XGBoost cannot be imported."""
    try:
        import xgboost
    except ImportError:
        return None
    booster = xgboost.Booster()
    booster.load_model(path)
    return booster


def lightgbm_answers(path, rows):
    try:
        import lightgbm
    except ImportError:
        raise Refused("golden rows of a LightGBM file", "LightGBM is not here", "Install it, or give its answers") from None
    booster = lightgbm.Booster(model_file=path)
    return booster.predict(rows, raw_score=True), booster.predict(rows)


def table(path):
    """Header and rows of a CSV of numbers, empty or nan for missing."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    return lines[0], [[cell_of(cell) for cell in line] for line in lines[1:]]


def cell_of(cell):
    if cell.strip().lower() in ("", "nan", "na", "null"):
        return None
    return float(cell)


def recorded(path, count):
    """Margins and outputs of a CSV as they are written there."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    found = []
    for word in ("margin", "output"):
        places = [place for place, column in enumerate(lines[0]) if column == word or column.startswith(word + "_")]
        if not places:
            raise Refused("answers", "there is no column %s" % word)
        found.append([[json_number(line[place]) for place in places] for line in lines[1:]])
    if len(found[0]) != count:
        raise Refused("answers", "there are %d for %d rows" % (len(found[0]), count))
    return found


def json_number(text):
    """The number as written, in JSON's grammar."""
    float(text)
    try:
        json.loads(text)
        return text
    except ValueError:
        return repr(float(text))
