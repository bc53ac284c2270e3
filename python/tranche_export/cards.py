"""Scorecards of optbinning, toad and scorecardpy as `scorecard.json` with golden rows.

A card is read from the library's own object or from the table it exports; what is served is the table. Golden points are
summed in the order of the lines, as the file declares.
"""

import math
import warnings

from . import card_tables, golden
from . import folder as folders
from .functions import sigmoid
from .refusal import Refused
from .spec import Feature
from .trained import Trained

LIBRARIES = {"scorecardpy": card_tables.scorecardpy, "toad": card_tables.toad, "optbinning": card_tables.optbinning}


def export_card(
    card,
    name,
    library=None,
    folder=None,
    label=None,
    provenance=None,
    scaling=None,
    missing=None,
    unseen=None,
    intercept=0.0,
    rows=1000,
    seed=20261120,
):
    """Writes the artifact folder of a scorecard and returns its path.

    card: a toad ScoreCard or its export() dictionary, the dictionary of scorecardpy.scorecard() or its frames in one, an
        optbinning Scorecard or its table(); a table may also be a list of dictionaries with the same columns.
    library: optbinning, toad or scorecardpy; told by the object when left out.
    scaling: `{"base_score": 600, "base_odds": 50, "odds": "good_to_bad", "pdo": 20}`: the output is then the probability of
        bad; without it, the points.
    missing, unseen: points for what no line of the table names; a request with it is refused when left out.
    intercept: of an optbinning table with intercept_based=True; the object holds its own.

    Raises Refused when the table cannot be told exactly.
    """
    folders.checked_name(name)
    library = library or card_tables.recognised(card)
    if library not in LIBRARIES:
        raise Refused("a card of %r" % library, "its table is not known", "Known: " + ", ".join(sorted(LIBRARIES)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        base, lines = LIBRARIES[library](card, intercept)
    trained = Card(library, base, lines, scaling, missing, unseen)
    chance = golden.source(seed)
    given = trained.rows(rows, chance)
    points = [trained.points(row) for row in given]
    check_library(card, library, trained, given, points)
    outputs = [trained.output_of(one) for one in points]
    as_text = [[repr(one)] for one in points]
    files = {
        "model.yaml": folders.model_yaml(name, trained, label, provenance, None, False),
        "scorecard.json": trained.json(),
        "features.json": {"features": [feature.json() for feature in trained.features]},
        "samples.jsonl": folders.samples(
            trained.features, given, [trained.vector(row) for row in given], as_text, [[repr(one)] for one in outputs]
        ),
    }
    return folders.write(folder or name, files)


def check_library(card, library, trained, rows, points):
    """Where the library's object is at hand, it has the last word on every row that its table names."""
    ask = {"toad": "predict", "optbinning": "score"}.get(library)
    if ask is None or not hasattr(card, ask):
        return
    import pandas

    known = [place for place, row in enumerate(rows) if trained.named(row)]
    frame = pandas.DataFrame([dict(zip([f.name for f in trained.features], rows[place])) for place in known])
    for place, answer in zip(known, list(getattr(card, ask)(frame))):
        if not abs(answer - points[place]) <= 1e-9 * max(1.0, abs(points[place])):
            raise Refused(
                library, "it gives %r points for %r, its table %r" % (answer, rows[place], points[place]), "Please report this"
            )


class Card(Trained):
    """The lines of a card and what model.yaml says about it."""

    format = "scorecard"
    file = "scorecard.json"

    def __init__(self, library, base, lines, scaling, missing, unseen):
        if not lines:
            raise Refused("a card of " + library, "it has no lines")
        self.library = library
        self.base = base
        self.lines = lines
        self.scaling = scaling
        self.output = "score" if scaling is None else "probability"
        for line in lines:
            if line.missing is None:
                line.missing = missing
            if line.unseen is None:
                line.unseen = unseen
        self.features = [self.feature(line) for line in lines]

    @staticmethod
    def feature(line):
        feature = Feature(line.input, "number" if line.edges is not None else "category")
        feature.missing = "allow" if line.missing is not None else "reject"
        if line.edges is None:
            feature.categories = [text for texts, _ in line.groups for text in texts]
            feature.unseen = "allow" if line.unseen is not None else "reject"
        return feature

    def json(self):
        says = {"values": "points", "rounding": "none", "base_points": self.base}
        if self.scaling is not None:
            says["scaling"] = self.scaling
        says["characteristics"] = [line.json() for line in self.lines]
        return says

    def points(self, row):
        total = self.base
        for line, value in zip(self.lines, row):
            total += line.of(value)
        return total

    def output_of(self, points):
        if self.scaling is None:
            return points
        keys = self.scaling
        log_odds = (-1 if keys["odds"] == "good_to_bad" else 1) * math.log(keys["base_odds"])
        factor = keys.get("factor", keys["pdo"] / math.log(2))
        return sigmoid(log_odds - (points - keys["base_score"]) / factor)

    def vector(self, row):
        places = []
        for feature, value in zip(self.features, row):
            if value is None:
                places.append("null")
            elif feature.kind == "number":
                places.append(repr(value))
            else:
                known = feature.categories
                places.append(repr(float(known.index(value)) if value in known else -1.0))
        return places

    def named(self, row):
        """Whether every value stands in the table itself."""
        return all(
            value is not None and (line.edges is not None or any(value in texts for texts, _ in line.groups))
            for line, value in zip(self.lines, row)
        )

    def rows(self, count, chance):
        """Every edge with its neighbours, special value, category, missing and unseen; then mixtures of them."""
        values = [line.values() for line in self.lines]
        base = [chance.choice(many) for many in values]
        made = []
        for place, many in enumerate(values):
            for value in many:
                made.append(base[:place] + [value] + base[place + 1 :])
        while len(made) < count:
            made.append([chance.choice(many) for many in values])
        return made
