"""What the artifact folder says: features, columns and the steps between them."""

import math

from .refusal import Refused

NUMBER = "number"
TEXT = "text"


def number(value, where):
    """A finite double as JSON can say it."""
    value = float(value)
    if not math.isfinite(value):
        raise Refused(where, "it holds %r, which JSON cannot say" % value)
    return value


class Feature:
    """One named input of a request.

    kind is the type in features.json: number, boolean or category. `null` is what the trainer's frame holds where the
    value is missing: NaN or None. `pandas` are the categories of a pandas category column, whose codes a model may read.
    """

    def __init__(self, name, kind, null=math.nan, pandas=None):
        self.name = name
        self.kind = kind
        self.null = null
        self.pandas = pandas
        self.categories = list(pandas) if pandas is not None else []
        self.missing = "allow"
        self.unseen = "missing" if pandas is not None else "allow"
        self.low = None
        self.high = None

    def json(self):
        says = {"name": self.name, "type": self.kind, "missing": self.missing}
        if self.low is not None:
            says["range"] = [self.low, self.high]
        if self.kind == "category":
            says["categories"] = self.categories
            says["unseen"] = self.unseen
        return says

    def refuses(self, value):
        """Whether the schema refuses this value of a request."""
        if value is None:
            return self.missing == "reject"
        if self.kind == "category":
            unseen = self.categories and value not in self.categories
            return unseen and (self.unseen == "reject" or self.unseen == "missing" and self.missing == "reject")
        return self.low is not None and not self.low <= value <= self.high

    def admitted(self, value):
        """The value as the transform sees it."""
        unseen = self.kind == "category" and self.categories and value not in self.categories
        return None if unseen and self.unseen == "missing" else value


class Column:
    """A column on the way from the features to the model's vector."""

    def __init__(self, name, kind, features):
        self.name = name
        self.kind = kind
        self.features = features


class Spec:
    """The steps of transform.yaml in order. No step writes a name that is there already."""

    def __init__(self, frame):
        self.frame = frame
        self.steps = []
        self.names = set(frame.names)

    def column(self, feature):
        return Column(feature.name, TEXT if feature.kind == "category" else NUMBER, [feature])

    def free(self, name):
        """The name, or the first of name.2, name.3 … that is free."""
        free, turn = name, 2
        while free in self.names:
            free, turn = "%s.%d" % (name, turn), turn + 1
        self.names.add(free)
        return free

    def unary(self, op, column, kind=NUMBER, **keys):
        """A step from one column to a new one."""
        name = self.free("%s.%s" % (column.name, op))
        self.steps.append(dict({"op": op, "input": column.name, "output": name}, **keys))
        return Column(name, kind, column.features)

    def several(self, op, columns, name, **keys):
        """A step over several columns."""
        name = self.free(name)
        self.steps.append(dict({"op": op, "inputs": [column.name for column in columns], "output": name}, **keys))
        return Column(name, NUMBER, merged(columns))

    def constant(self, name, value):
        name = self.free(name)
        self.steps.append({"op": "linear", "intercept": value, "terms": [], "output": name})
        return Column(name, NUMBER, [])

    def one_hot(self, column, names, **keys):
        outputs = [self.free(name) for name in names]
        self.steps.append(dict({"op": "one_hot", "input": column.name, "outputs": outputs}, **keys))
        return [Column(name, NUMBER, column.features) for name in outputs]

    def plus_zero(self, column):
        """The same number, and 0.0 for -0.0, whose text is another."""
        name = self.free(column.name + ".number")
        terms = [{"input": column.name, "coefficient": 1}]
        self.steps.append({"op": "linear", "intercept": 0, "terms": terms, "output": name})
        return Column(name, NUMBER, column.features)


def merged(columns):
    features = []
    for column in columns:
        features.extend(feature for feature in column.features if feature not in features)
    return features
