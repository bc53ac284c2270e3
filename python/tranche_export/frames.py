"""The trainer's rows: what their columns are, and frames of new rows of the same kind."""

import math

import numpy

from .refusal import Refused
from .spec import Feature


class Frame:
    """Rows as a pandas frame or a numpy array, as the pipeline was given them."""

    def __init__(self, data, names=None):
        self.pandas = hasattr(data, "columns")
        if self.pandas:
            if any(not isinstance(name, str) for name in data.columns):
                raise Refused("a frame", "its columns have no names", "frame.columns = [...] before training")
            self.names = list(data.columns)
        else:
            data = numpy.asarray(data, dtype=object if getattr(data, "dtype", None) == object else None)
            if data.ndim != 2:
                raise Refused("data", "it has %d dimensions" % data.ndim, "Give rows and columns")
            self.names = list(names) if names else ["x%d" % place for place in range(data.shape[1])]
            if len(self.names) != data.shape[1]:
                raise Refused("features", "%d names for %d columns" % (len(self.names), data.shape[1]))
            self.object = data.dtype == object
        if len(set(self.names)) != len(self.names):
            raise Refused("a frame", "two columns share a name")
        self.features = [self.feature(name, self.column(data, place)) for place, name in enumerate(self.names)]
        self.rows = [list(row) for row in zip(*[self.values(feature, data) for feature in self.features])]

    def column(self, data, place):
        return data.iloc[:, place] if self.pandas else data[:, place]

    def feature(self, name, column):
        kind = str(getattr(column, "dtype", "object"))
        if kind == "category":
            categories = column.cat.categories.tolist()
            if not all(isinstance(one, str) for one in categories):
                raise Refused("column " + name, "its categories are no texts", "Make texts of them: astype(str)")
            return Feature(name, "category", math.nan, categories)
        if kind == "bool":
            return Feature(name, "boolean")
        if kind.startswith(("int", "uint", "float", "Int", "UInt", "Float")):
            return Feature(name, "number")
        if kind not in ("object", "str", "string"):
            raise Refused("column %s of type %s" % (name, kind), "a request has numbers, booleans and texts")
        return self.of_objects(name, column.tolist())

    @staticmethod
    def of_objects(name, values):
        nulls = {None if value is None else "nan" for value in values if is_null(value)}
        present = [value for value in values if not is_null(value)]
        null = None if nulls == {None} else math.nan
        if all(isinstance(value, str) for value in present):
            return Feature(name, "category", null)
        if all(isinstance(value, bool) for value in present):
            raise Refused("column " + name, "its booleans are objects", "Make it bool, or numbers with NaN")
        if all(isinstance(value, (int, float, numpy.number)) for value in present):
            return Feature(name, "number", null)
        kinds = sorted({type(value).__name__ for value in present})
        raise Refused("column " + name, "it mixes %s" % ", ".join(kinds), "Make them all texts or all numbers")

    def values(self, feature, data):
        column = self.column(data, self.names.index(feature.name)).tolist()
        if feature.kind == "number":
            return [None if is_null(value) or math.isinf(value) else float(value) for value in column]
        return [None if is_null(value) else value for value in column]

    def build(self, rows):
        """Rows of plain values, None for missing, in the shape that the pipeline was trained on."""
        columns = list(zip(*rows)) if rows else [[] for _ in self.features]
        if not self.pandas:
            filled = [[f.null if v is None else v for v in c] for f, c in zip(self.features, columns)]
            array = numpy.array(filled, dtype=object).T
            return array if self.object else array.astype(numpy.float64)
        import pandas

        made = {}
        for feature, column in zip(self.features, columns):
            filled = [feature.null if value is None else value for value in column]
            if feature.pandas is not None:
                made[feature.name] = pandas.Categorical(filled, categories=feature.pandas)
            elif feature.kind == "number":
                made[feature.name] = numpy.array([math.nan if v is None else v for v in filled], dtype=numpy.float64)
            elif feature.kind == "boolean":
                made[feature.name] = numpy.array(filled, dtype=bool)
            else:
                made[feature.name] = numpy.array(filled, dtype=object)
        return pandas.DataFrame(made, columns=self.names)


def is_null(value):
    return value is None or type(value).__name__ == "NAType" or isinstance(value, float) and value != value
