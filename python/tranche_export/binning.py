"""optbinning's BinningProcess in a pipeline: its edges are read, its numbers are asked.

The weight of a bin depends on the target and on the metrics given for special and missing values, so every number is what
the fitted object itself answers for a value of that bin (optbinning 0.20: `get_support`, `get_binned_variable`, `splits`,
`special_codes`, `transform`). Numeric bins are closed on the left.
"""

import math

from . import golden
from .refusal import Refused
from .spec import NUMBER, number

NAME = "BinningProcess"


def binning_process(process, columns, spec):
    by_name = {column.name: column for column in columns if column.features and column.name == column.features[0].name}
    names = [str(name) for name in process.get_support(names=True)]
    absent = [name for name in names if name not in by_name]
    if absent:
        raise Refused(NAME, "variables %s are no columns of the data" % absent, "Make it the first step, on a frame")
    ask = Question(process, spec.frame, names)
    made = []
    for name in names:
        column, variable = by_name[name], process.get_binned_variable(name)
        says = numeric(ask, name, variable) if column.kind == NUMBER else texts(ask, name, variable, column)
        made.append(spec.unary("woe", column, **says))
    return made


class Question:
    """Asks the process for its answer to one value of one variable."""

    def __init__(self, process, frame, names):
        self.process = process
        self.frame = frame
        self.names = names

    def __call__(self, name, values):
        place = self.frame.names.index(name)
        base = self.frame.rows[0]
        rows = self.frame.build([base[:place] + [value] + base[place + 1 :] for value in values])
        answers = self.process.transform(rows)
        answers = answers[name] if hasattr(answers, "columns") else answers[:, self.names.index(name)]
        return [number(answer, NAME) for answer in list(answers)]

    def or_refuse(self, name, value):
        try:
            return self(name, [value])[0]
        except Refused:
            raise
        except Exception:  # whatever the library raises for a value that it does not take
            return "refuse"


def codes_of(variable):
    codes = getattr(variable, "special_codes", None)
    if isinstance(codes, dict):
        codes = [code for one in codes.values() for code in (one if isinstance(one, (list, tuple)) else [one])]
    return [number(code, NAME) for code in codes] if codes is not None else []


def numeric(ask, name, variable):
    edges = [number(edge, NAME) for edge in variable.splits]
    codes = codes_of(variable)
    inside = [math.nextafter(edges[0], -math.inf)] + edges if edges else [0.0]
    for place, value in enumerate(inside):
        while value in codes:
            value = math.nextafter(value, math.inf if place else -math.inf)
        inside[place] = value
    special = [{"values": [code], "woe": answer} for code, answer in zip(codes, ask(name, codes) if codes else [])]
    missing = ask.or_refuse(name, None)
    return {"closed": "left", "edges": edges, "woe": ask(name, inside), "special": special, "missing": missing}


def texts(ask, name, variable, column):
    if getattr(variable, "special_codes", None) is not None:
        raise Refused(NAME, "variable %s has special codes among texts" % name, "Leave them to the categories")
    groups = []
    for group in variable.splits:
        members = [str(member) for member in group]
        groups.append({"values": members, "woe": ask(name, members[:1])[0]})
        column.features[0].categories.extend(members)
    unseen = ask.or_refuse(name, golden.UNSEEN)
    return {"categories": groups, "missing": ask.or_refuse(name, None), "unseen": unseen}
