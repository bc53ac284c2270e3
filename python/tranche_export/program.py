"""Runs the steps of a transform as the server does, to prove them against the pipeline before anything is written.

Only the operations that this package writes. Missing is NaN in number columns and None in text columns.
"""

import bisect
import math

from .functions import log1p


class RowRefused(Exception):
    """A row that the transform declares to be refused."""


def run(steps, row):
    """All columns of one row; `row` maps feature names to float, str or None as admitted."""
    frame = dict(row)
    for step in steps:
        OPERATIONS[step["op"]](step, frame)
    return frame


def slice_for(steps, name):
    """The steps that the column `name` needs."""
    wanted, needed = {name}, []
    for step in reversed(steps):
        written = step.get("outputs") or [step["output"]]
        written = written + ([step["indicator"]] if "indicator" in step else [])
        if wanted.intersection(written):
            needed.append(step)
            wanted.update(inputs_of(step))
    return needed[::-1]


def inputs_of(step):
    if "terms" in step:
        return [term["input"] for term in step["terms"]]
    return step["inputs"] if "inputs" in step else [step["input"]]


def finite(value):
    return value if math.isfinite(value) else math.nan


def unary(function):
    def operation(step, frame):
        value = frame[step["input"]]
        value = math.nan if value is None else value
        frame[step["output"]] = finite(function(step, value))

    return operation


def clip(step, x):
    if x < step.get("lower", -math.inf):
        return step["lower"]
    return step["upper"] if x > step.get("upper", math.inf) else x


def min_max(step, x):
    low, high = step.get("range", [0.0, 1.0])
    scale = (high - low) / (step["max"] - step["min"])
    return x * scale + (low - step["min"] * scale)


def impute(step, frame):
    value = frame[step["input"]]
    missing = value is None or value != value
    frame[step["output"]] = step["value"] if missing else value
    if "indicator" in step:
        frame[step["indicator"]] = 1.0 if missing else 0.0


def flag(step, frame):
    value = frame[step["input"]]
    missing = value is None or value != value
    if step["is"] == "missing":
        frame[step["output"]] = 1.0 if missing else 0.0
    elif missing:
        frame[step["output"]] = otherwise(step["missing"], step)
    else:
        frame[step["output"]] = 1.0 if value > step["value"] else 0.0


def parse(step, frame):
    value = frame[step["input"]]
    missing = value is None or value != value
    if step["type"] == "text":
        frame[step["output"]] = None if missing else number_text(value)
    else:
        frame[step["output"]] = math.nan if missing or value in step["sentinels"] else value


def place(step, x):
    at = bisect.bisect_right if step["closed"] == "left" else bisect.bisect_left
    return at(step["edges"], x)


def bins(step, frame):
    x = frame[step["input"]]
    labels = step.get("labels")
    if x is None or x != x:
        frame[step["output"]] = None if labels else math.nan
    else:
        frame[step["output"]] = labels[place(step, x)] if labels else float(place(step, x))


def table(key):
    def operation(step, frame):
        value = frame[step["input"]]
        if value is None or value != value:
            found = otherwise(step["missing"], step)
        elif "categories" in step:
            known = {name: item[key] for item in step["categories"] for name in item["values"]}
            found = known[value] if value in known else otherwise(step["unseen"], step)
        else:
            special = {one: item[key] for item in step["special"] for one in item["values"]}
            found = special[value] if value in special else step[key][place(step, value)]
        frame[step["output"]] = found

    return operation


def ordinal(step, frame):
    text = frame[step["input"]]
    if text is None:
        found = otherwise(step["missing"], step)
    else:
        order = step["order"]
        found = float(order.index(text)) if text in order else otherwise(step["unseen"], step)
    frame[step["output"]] = found


def group(step, frame):
    text = frame[step["input"]]
    if text is None:
        frame[step["output"]] = step.get("missing")
        return
    names = [name for name, members in step["groups"].items() if text in members]
    frame[step["output"]] = names[0] if names else step["other"]


def one_hot(step, frame):
    text = frame[step["input"]]
    known = text is not None and text in step["categories"]
    if not known and step["missing" if text is None else "unseen"] == "refuse":
        raise RowRefused("%s: %r" % (step["input"], text))
    for name, category in zip(step["outputs"], step["categories"]):
        frame[name] = 1.0 if known and text == category else 0.0


def product(step, frame):
    folded = frame[step["inputs"][0]]
    for name in step["inputs"][1:]:
        folded = folded * frame[name]
    frame[step["output"]] = finite(folded)


def linear(step, frame):
    total = step["intercept"]
    for term in step["terms"]:
        value = frame[term["input"]]
        total = total + term["coefficient"] * (math.nan if value is None else value)
    frame[step["output"]] = finite(float(total))


def otherwise(value, step):
    """A declared answer: a number, None for missing, or a refusal."""
    if value == "refuse":
        raise RowRefused(step["input"])
    return math.nan if value is None else value


def number_text(value):
    """A number as `parse` with `type: text` writes it; only forms in which Java and Python agree."""
    return str(int(value)) if value == int(value) else repr(value)


OPERATIONS = {
    "impute": impute,
    "flag": flag,
    "parse": parse,
    "clip": unary(clip),
    "log1p": unary(lambda step, x: log1p(x)),
    "sqrt": unary(lambda step, x: math.sqrt(x) if x >= 0 else math.nan),
    "standardise": unary(lambda step, x: (x - step["mean"]) / step["scale"]),
    "robust": unary(lambda step, x: (x - step["center"]) / step["scale"]),
    "min_max": unary(min_max),
    "bin": bins,
    "woe": table("woe"),
    "points": table("points"),
    "ordinal": ordinal,
    "group": group,
    "one_hot": one_hot,
    "product": product,
    "linear": linear,
}
