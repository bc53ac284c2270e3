"""Exports a fitted scikit-learn pipeline, or a model alone, with golden rows computed by itself."""

import math
import warnings

from . import folder as folders
from . import golden, models, program, sklearn_steps
from .files import exact, narrowed
from .frames import Frame
from .refusal import Refused
from .spec import Spec, TEXT

ROWS = 1000


def export(
    model,
    name,
    data,
    folder=None,
    label=None,
    features=None,
    provenance=None,
    calibration=None,
    rows=ROWS,
    seed=20261120,
):
    """Writes the artifact folder of a fitted pipeline or model and returns its path.

    model: a scikit-learn Pipeline whose last step is the model, or the model alone.
    name: of the version, `product_type_v1.0`; the folder is called so unless `folder` says otherwise.
    data: rows as the pipeline takes them, a frame or an array, for the types, categories and golden rows.
    label: name, definition and positive of what was learnt.
    features: names of an array's columns.
    calibration: `{"op": "platt", "a": …, "b": …}` or another of model.yaml, when the margin is calibrated.
    rows: golden rows at least; rows at thresholds, missing, unseen and extreme ones are among them.

    Raises Refused when something cannot be exported exactly.
    """
    folders.checked_name(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Export(model, data, features, seed).write(folder or name, name, label, provenance, calibration, rows)


class Export:
    def __init__(self, model, data, names, seed):
        self.chance = golden.source(seed)
        self.frame = Frame(data, names)
        steps = model.steps if type(model).__name__ == "Pipeline" else [("model", model)]
        self.before = [step for _, step in steps[:-1] if step is not None and step != "passthrough"]
        self.trained = models.adapt(steps[-1][1])
        self.spec = Spec(self.frame.features)
        columns = [self.spec.column(feature) for feature in self.frame.features]
        for step in self.before:
            columns = sklearn_steps.translate(step, columns, self.spec)
        self.outputs = columns
        if not self.before:
            self.checked_direct()
        self.sparse = self.before and hasattr(self.handed(self.frame.rows[:1]), "toarray")
        if self.sparse and self.trained.takes_sparse_zeros_as_missing:
            # A sparse matrix leaves zeros out, and XGBoost takes what is not there for missing.
            self.outputs = [self.spec.unary("parse", one, type="number", sentinels=[0]) for one in self.outputs]
        self.admission()

    def checked_direct(self):
        for feature in self.frame.features:
            if feature.kind == "category" and feature.pandas is None:
                raise Refused("column " + feature.name, "the model reads texts", "Encode it, or make it a category")
        names = self.trained.names
        generated = [make % place for make in ("f%d", "Column_%d") for place in range(len(names))]
        if names and names != tuple(self.frame.names) and set(names) - set(generated):
            raise Refused("data", "its columns are not the model's %s" % list(names), "Give them in that order")

    def handed(self, rows):
        """What the model is given for these rows."""
        vectors = self.frame.build(rows)
        for step in self.before:
            vectors = step.transform(vectors)
        return vectors

    last = None

    def accepted(self, rows):
        """The rows that the trainer's own program answers, one by one where some are refused."""
        if not rows:
            return []
        try:
            self.trained.margins(self.handed(rows))
            return rows
        except Refused:
            raise
        except Exception as problem:  # whatever the libraries raise for rows they do not take
            if len(rows) == 1:
                self.last = problem
                return []
            half = len(rows) // 2
            return self.accepted(rows[:half]) + self.accepted(rows[half:])

    def admission(self):
        """Finds out what the pipeline takes, so that the schema takes no more."""
        self.frame.rows = self.accepted(self.frame.rows[:20000])
        if not self.frame.rows:
            raise Refused("data", "the pipeline answers none of its rows: %s" % self.last)
        base = self.frame.rows[0]
        self.used = [f for f in self.frame.features if any(f in column.features for column in self.outputs)]
        for place, feature in enumerate(self.frame.features):
            if feature.kind == "boolean" or not self.takes(base, place, None):
                feature.missing = "reject"
            if feature.kind == "category" and feature.pandas is None and not self.takes(base, place, golden.UNSEEN):
                feature.unseen = "reject"
        for place, feature in enumerate(self.frame.features):
            if feature.kind == "number":
                bounds = self.limit(base, place, -1), self.limit(base, place, 1)
                if bounds != (-golden.LARGEST, golden.LARGEST):
                    feature.low, feature.high = bounds

    def limit(self, base, place, sign):
        """The largest number that the pipeline and the transform take alike: of a ladder, else of the data."""
        found = next(([sign * size] for size in golden.LADDER if self.same(base, place, sign * size)), [])
        seen = [row[place] for row in self.frame.rows if row[place] is not None] or [0.0]
        return max(found + [max(seen)]) if sign > 0 else min(found + [min(seen)])

    def takes(self, base, place, value):
        row = list(base)
        row[place] = value
        return bool(self.accepted([row]))

    def same(self, base, place, value):
        row = list(base)
        row[place] = value
        taken = self.accepted([row])
        try:
            ours = self.vector(row)
        except program.RowRefused:
            return not taken
        return bool(taken) and (not self.before or self.differing(ours, self.given(taken)[0]) is None)

    def given(self, rows):
        """The pipeline's vectors as lists of doubles."""
        return models.dense(self.handed(rows)).tolist()

    def vector(self, row):
        """The transform's vector of a row."""
        given = {f.name: self.value(f, v) for f, v in zip(self.frame.features, row)}
        made = program.run(self.spec.steps, given)
        return [self.coded(column, made[column.name]) for column in self.outputs]

    @staticmethod
    def value(feature, value):
        value = feature.admitted(value)
        return float(value) if isinstance(value, bool) else value

    @staticmethod
    def coded(column, value):
        if value is None:
            return math.nan
        if column.kind == TEXT:
            known = column.features[0].categories
            return float(known.index(value)) if value in known else -1.0
        return value

    def differing(self, ours, theirs):
        """The first place where two vectors differ in the model's precision, or None."""
        for place, (a, b) in enumerate(zip(ours, theirs)):
            if self.sparse and self.trained.takes_sparse_zeros_as_missing and b == 0:
                b = math.nan
            if self.trained.precision == models.FLOAT:
                a, b = models.single(a), models.single(b)
            if not (a == b and math.copysign(1, a) == math.copysign(1, b) or a != a and b != b):
                return place
        return None if len(ours) == len(theirs) else min(len(ours), len(theirs))

    def write(self, folder, name, label, provenance, calibration, count):
        rows = self.rows(count)
        handed = self.handed(rows)
        vectors = self.proven(rows, handed)
        trained = self.trained
        if isinstance(trained, models.Linear):
            trained.describe([column.name for column in self.outputs])
            trained.means = [math.fsum(column) / len(rows) for column in zip(*vectors)]
        margins = trained.margins(handed)
        outputs = trained.outputs(handed, margins)
        text = exact if trained.precision == models.DOUBLE else narrowed
        if calibration is not None:
            outputs = models.numpy.array([[calibrated(calibration, float(margin[0]))] for margin in margins])
        named = tuple(column.name for column in self.outputs) == trained.names
        unnamed = not trained.names or trained.format == "logistic"
        files = {
            "model.yaml": folders.model_yaml(
                name, trained, label, provenance, calibration, not named and not unnamed and bool(self.before)
            ),
            trained.file: trained.content(),
            "features.json": {"features": [feature.json() for feature in self.used]},
            "samples.jsonl": folders.samples(
                self.used, self.cut(rows), texts(vectors, text), texts(margins, text), texts(outputs, text)
            ),
        }
        if self.before:
            files["transform.yaml"] = {"steps": self.spec.steps, "output": [column.name for column in self.outputs]}
        return folders.write(folder, files)

    def cut(self, rows):
        """The rows without features that nothing reads."""
        places = [self.frame.features.index(feature) for feature in self.used]
        return [[row[place] for place in places] for row in rows]

    def rows(self, count):
        """Golden rows that the schema admits and the pipeline answers; a row that only one of them takes is refused."""
        edges = golden.Edges(self.frame, self.spec.steps, self.outputs, self.chance, count)
        made = golden.special(self.frame, self.chance)
        for step in self.spec.steps:
            made += self.beside(step)
        made += edges.rows(self.trained.thresholds(), self.trained.below)
        own = self.frame.rows if len(self.frame.rows) <= count else self.chance.sample(self.frame.rows, count)
        answered = self.answered(own + made)
        for _ in range(10):
            if len(answered) < count:
                answered += self.answered(golden.recombined(self.frame, count - len(answered), self.chance))
        if len(answered) < count:
            raise Refused("data", "only %d of %d golden rows are answered (%s)" % (len(answered), count, self.last))
        return answered

    def answered(self, rows):
        admitted = [row for row in rows if self.admits(row)]
        taken = self.accepted(admitted)
        kept = {id(row) for row in taken}
        for row in admitted:
            holed = isinstance(self.trained, models.Linear) and any(x != x for x in self.vector(row))
            if id(row) not in kept and not holed:
                raise Refused(
                    "a row",
                    "the pipeline refuses %r (%s), the folder would answer it" % (row, self.last),
                    "Impute or clip before the model",
                )
        return taken

    def beside(self, step):
        """Rows on the edges of a step's bins, when it reads a feature."""
        if "edges" not in step or step["input"] not in self.frame.names:
            return []
        place = self.frame.names.index(step["input"])
        made = []
        for value in golden.edge_values(step["edges"]):
            row = list(self.chance.choice(self.frame.rows))
            row[place] = value
            made.append(row)
        return made

    def admits(self, row):
        if any(feature.refuses(value) for feature, value in zip(self.frame.features, row)):
            return False
        try:
            self.vector(row)
        except program.RowRefused:
            return False
        return True

    def proven(self, rows, handed):
        """The pipeline's vectors, each equal to the transform's bit for bit."""
        if not self.before:
            return [self.vector(row) for row in rows]
        given = models.dense(handed).tolist()
        vectors = []
        for row, theirs in zip(rows, given):
            ours = self.vector(row)
            place = self.differing(ours, theirs)
            if place is not None:
                shown = self.outputs[place].name if place < len(self.outputs) else "place %d" % place
                raise Refused(
                    "column " + shown,
                    "the pipeline gives %r and the transform %r for %r"
                    % (theirs[place : place + 1], ours[place : place + 1], dict(zip(self.frame.names, row))),
                    "Please report this",
                )
            vectors.append(ours)
        return vectors


def texts(rows, text):
    """Numbers as JSON, in rows."""
    return [[text(float(value)) for value in row] for row in rows]


def calibrated(calibration, margin):
    """The two forms that need nothing but the margin."""
    keys = {key: value for key, value in calibration.items() if key != "op"}
    if calibration.get("op") == "platt" and set(keys) == {"a", "b"}:
        return models.sigmoid(keys["a"] * margin + keys["b"])
    if calibration.get("op") == "prior_shift" and set(keys) == {"positive_weight"}:
        return models.sigmoid(margin - math.log(keys["positive_weight"]))
    raise Refused(
        "calibration %r" % (calibration,), "its numbers are not computed here", "Known: platt; prior_shift by weight"
    )
