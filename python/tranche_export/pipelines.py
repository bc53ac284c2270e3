"""Exports a fitted scikit-learn pipeline, or a model alone, with golden rows computed by itself."""

import math
import warnings

from . import folder as folders
from . import golden, models, program, sklearn_steps
from .frames import Frame
from .functions import exact, narrowed, sigmoid, single
from .refusal import Refused
from .spec import Spec, TEXT
from .trained import DOUBLE, FLOAT

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
        self.spec = Spec(self.frame)
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

    def taken(self, rows):
        """By row what the trainer's own program makes of it: the model's vector, None where it refuses the row."""
        if not rows:
            return []
        try:
            handed = self.handed(rows)
        except Exception as problem:  # whatever the libraries raise for rows they do not take
            return self.halved(self.taken, rows, problem)
        return self.asked(handed, models.dense(handed).tolist() if self.before else [self.vector(row) for row in rows])

    def asked(self, handed, vectors):
        try:
            self.trained.margins(handed)
            return vectors
        except Refused:
            raise
        except Exception as problem:  # as above
            places = list(range(len(vectors)))
            return self.halved(lambda some: self.asked(handed[some[0] : some[-1] + 1], [vectors[i] for i in some]), places, problem)

    def halved(self, question, many, problem):
        if len(many) == 1:
            self.last = problem
            return [None]
        half = len(many) // 2
        return question(many[:half]) + question(many[half:])

    def accepted(self, rows):
        return [row for row, vector in zip(rows, self.taken(rows)) if vector is not None]

    def admission(self):
        """Finds out what the pipeline takes, so that the schema takes no more."""
        self.frame.rows = self.accepted(self.frame.rows[:20000])
        if not self.frame.rows:
            raise Refused("data", "the pipeline answers none of its rows: %s" % self.last)
        base = self.frame.rows[0]
        self.used = [f for f in self.frame.features if any(f in column.features for column in self.outputs)]
        places = [self.frame.features.index(feature) for feature in self.used]
        holes = [place for place in places if self.frame.features[place].kind != "boolean"]
        texts = [place for place in places if self.frame.features[place].kind == "category"]
        asked = [(place, None) for place in holes] + [(place, golden.UNSEEN) for place in texts]
        answers = self.taken([put(base, place, value) for place, value in asked])
        for place in set(places) - set(holes):
            self.frame.features[place].missing = "reject"
        for (place, value), answer in zip(asked, answers):
            feature = self.frame.features[place]
            if answer is None and value is None:
                feature.missing = "reject"
            elif answer is None and feature.pandas is None:
                feature.unseen = "reject"
        self.bounds(base, [place for place in places if self.frame.features[place].kind == "number"])

    def bounds(self, base, places):
        """Bounds of numbers at which the pipeline and the transform part: the largest of a ladder, else the data's."""
        pairs = [(place, sign) for place in places for sign in (-1, 1)]
        found = dict(zip(pairs, self.first_alike(base, pairs)))
        for place in places:
            seen = [row[place] for row in self.frame.rows if row[place] is not None] or [0.0]
            low, high = min(found[place, -1] + [min(seen)]), max(found[place, 1] + [max(seen)])
            if (low, high) != (-golden.LARGEST, golden.LARGEST):
                self.frame.features[place].low, self.frame.features[place].high = low, high

    def first_alike(self, base, pairs):
        """By place and sign the largest step of the ladder that is taken alike, in a list, or an empty one."""
        steps = len(golden.LADDER)
        fails, takes = [-1] * len(pairs), [steps] * len(pairs)
        asked = [0] * len(pairs)
        while any(step is not None for step in asked):
            open_pairs = [at for at, step in enumerate(asked) if step is not None]
            rows = [put(base, pairs[at][0], pairs[at][1] * golden.LADDER[asked[at]]) for at in open_pairs]
            for at, same in zip(open_pairs, self.alike(rows)):
                (takes if same else fails)[at] = asked[at]
                asked[at] = (fails[at] + takes[at]) // 2 if takes[at] - fails[at] > 1 else None
        return [[pairs[at][1] * golden.LADDER[step]] if step < steps else [] for at, step in enumerate(takes)]

    def alike(self, rows):
        """By row whether the pipeline and the transform make the same of it; what the transform refuses is no matter."""
        ours = [self.tried(row) for row in rows]
        places = [place for place, vector in enumerate(ours) if vector is not None]
        same = [True] * len(rows)
        for place, theirs in zip(places, self.taken([rows[place] for place in places])):
            same[place] = theirs is not None and self.differing(ours[place], theirs) is None
        return same

    def tried(self, row):
        try:
            return self.vector(row)
        except program.RowRefused:
            return None

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
            if self.trained.precision == FLOAT:
                a, b = single(a), single(b)
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
        text = exact if trained.precision == DOUBLE else narrowed
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
            made.append(put(self.chance.choice(self.frame.rows), place, value))
        return made

    def admits(self, row):
        if any(feature.refuses(value) for feature, value in zip(self.frame.features, row)):
            return False
        return self.tried(row) is not None

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


def put(row, place, value):
    """The row with another value at a place."""
    return row[:place] + [value] + row[place + 1 :]


def calibrated(calibration, margin):
    """The two forms that need nothing but the margin."""
    keys = {key: value for key, value in calibration.items() if key != "op"}
    if calibration.get("op") == "platt" and set(keys) == {"a", "b"}:
        return sigmoid(keys["a"] * margin + keys["b"])
    if calibration.get("op") == "prior_shift" and set(keys) == {"positive_weight"}:
        return sigmoid(margin - math.log(keys["positive_weight"]))
    raise Refused(
        "calibration %r" % (calibration,), "its numbers are not computed here", "Known: platt; prior_shift by weight"
    )
