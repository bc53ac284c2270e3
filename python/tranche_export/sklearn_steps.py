"""Fitted scikit-learn transformers as steps. One function for each class, found by its name."""

import math

import numpy

from . import binning, encoders
from .functions import log1p
from .refusal import Refused
from .spec import NUMBER, TEXT, number


def translate(transformer, columns, spec):
    """The columns that a fitted transformer makes of these columns."""
    if transformer is None or isinstance(transformer, str):
        if transformer == "drop":
            return []
        return columns
    name = type(transformer).__name__
    foreign = not type(transformer).__module__.startswith("sklearn.")
    if foreign and name in BY_LIBRARY:
        return BY_LIBRARY[name](transformer, columns, spec)
    if foreign or name not in BY_NAME:
        if not foreign and hasattr(transformer, "get_support"):
            return selected(transformer, columns, spec)
        raise Refused(name, ADVICE.get(name, "it is no transformer that a transform can say exactly"), KNOWN)
    return BY_NAME[name](transformer, columns, spec)


def pipeline(transformer, columns, spec):
    for _, step in transformer.steps:
        columns = translate(step, columns, spec)
    return columns


def column_transformer(transformer, columns, spec):
    made = []
    for _, step, chosen in transformer.transformers_:
        picked = pick(chosen, columns, transformer)
        if picked:
            made.extend(translate(step, picked, spec))
    return made


def pick(chosen, columns, transformer):
    """The columns that a ColumnTransformer names: by name, place, slice or mask."""
    if isinstance(chosen, slice):
        if isinstance(chosen.start, str) or isinstance(chosen.stop, str):
            raise Refused("ColumnTransformer", "a slice of names", "List the columns by name")
        return columns[chosen]
    chosen = [chosen] if isinstance(chosen, (str, int)) else list(chosen)
    if chosen and isinstance(chosen[0], (bool, numpy.bool_)):
        return [column for column, wanted in zip(columns, chosen) if wanted]
    by_name = {column.name: column for column in columns}
    places = [by_name.get(one) if isinstance(one, str) else columns[int(one)] for one in chosen]
    if None in places:
        wrong = [one for one in chosen if isinstance(one, str) and one not in by_name]
        raise Refused("ColumnTransformer", "columns %s come out of an earlier step" % wrong, "Name them by place")
    return places


def feature_union(transformer, columns, spec):
    if transformer.transformer_weights:
        raise Refused("FeatureUnion", "transformer_weights multiply its columns", "Leave the weights to the model")
    made = []
    for _, step in transformer.transformer_list:
        made.extend(translate(step, columns, spec))
    return made


def selected(transformer, columns, spec):
    return [column for column, kept in zip(columns, transformer.get_support()) if kept]


def only(kind, name, columns):
    for column in columns:
        if column.kind != kind:
            raise Refused(name, "column %s is a %s" % (column.name, column.kind), "It takes %s columns" % kind)
    return columns


def simple_imputer(transformer, columns, spec):
    marker = transformer.missing_values
    made, kept = [], []
    for place, column in enumerate(columns):
        value = transformer.statistics_[place]
        if column.kind == NUMBER and marker is not None and not same_missing(marker, math.nan):
            for feature in column.features:
                feature.missing = "reject"
            column = spec.unary("parse", column, type="number", sentinels=[number(marker, "SimpleImputer")])
        if column.kind == TEXT and not all(same_missing(marker, feature.null) for feature in column.features):
            raise Refused(
                "SimpleImputer(missing_values=%r)" % (marker,),
                "the frame writes a missing text as %r" % (column.features[0].null,),
                "Give missing_values what the frame holds",
            )
        if value is None or value != value:
            if getattr(transformer, "keep_empty_features", False):
                raise Refused("SimpleImputer", "column %s was empty in training" % column.name, "Leave it out")
            continue
        kept.append(place)
        says = {"value": value if column.kind == TEXT else number(value, "SimpleImputer")}
        strategy = transformer.strategy if transformer.strategy in STRATEGIES else "constant"
        made.append((column, spec.unary("impute", column, column.kind, strategy=strategy, **says)))
    columns_made = [after for _, after in made]
    if getattr(transformer, "indicator_", None) is not None:
        marked = dict(zip(kept, [before for before, _ in made]))
        for place in transformer.indicator_.features_:
            before = marked.get(place, columns[place])
            columns_made.append(encoders.flagged(before, spec))
    return columns_made


STRATEGIES = ("mean", "median", "most_frequent", "constant")


def same_missing(marker, null):
    nan = isinstance(marker, float) and marker != marker
    return nan and isinstance(null, float) and null != null or marker is None and null is None


def missing_indicator(transformer, columns, spec):
    if not same_missing(transformer.missing_values, math.nan):
        raise Refused("MissingIndicator", "missing_values is not NaN", "Turn the marker into NaN first")
    return [encoders.flagged(columns[place], spec) for place in transformer.features_]


def standard_scaler(transformer, columns, spec):
    only(NUMBER, "StandardScaler", columns)
    means = transformer.mean_ if transformer.with_mean else None
    return shifted("standardise", "mean", means, transformer.scale_, columns, spec)


def robust_scaler(transformer, columns, spec):
    only(NUMBER, "RobustScaler", columns)
    scales = transformer.scale_ if transformer.with_scaling else None
    return shifted("robust", "center", transformer.center_ if transformer.with_centering else None, scales, columns, spec)


def max_abs_scaler(transformer, columns, spec):
    only(NUMBER, "MaxAbsScaler", columns)
    return shifted("standardise", "mean", None, transformer.scale_, columns, spec)


def shifted(op, key, centres, scales, columns, spec):
    made = []
    for place, column in enumerate(columns):
        centre = 0.0 if centres is None else number(centres[place], op)
        scale = 1.0 if scales is None else number(scales[place], op)
        made.append(spec.unary(op, column, **{key: centre, "scale": scale}))
    return made


def min_max_scaler(transformer, columns, spec):
    """`x · scale + offset`, in the order of MinMaxScaler, from its own fitted scale and offset."""
    only(NUMBER, "MinMaxScaler", columns)
    made = []
    for place, column in enumerate(columns):
        name = spec.free(column.name + ".min_max")
        terms = [{"input": column.name, "coefficient": number(transformer.scale_[place], "MinMaxScaler")}]
        offset = number(transformer.min_[place], "MinMaxScaler")
        spec.steps.append({"op": "linear", "intercept": offset, "terms": terms, "output": name})
        scaled = type(column)(name, NUMBER, column.features)
        if getattr(transformer, "clip", False):
            low, high = transformer.feature_range
            scaled = spec.unary("clip", scaled, lower=float(low), upper=float(high))
        made.append(scaled)
    return made


def k_bins(transformer, columns, spec):
    only(NUMBER, "KBinsDiscretizer", columns)
    binned = []
    for edges, column in zip(transformer.bin_edges_, columns):
        inner = [number(edge, "KBinsDiscretizer") for edge in edges[1:-1]]
        if any(a >= b for a, b in zip(inner, inner[1:])):
            raise Refused("KBinsDiscretizer", "edges of column %s do not increase" % column.name, "Take fewer bins")
        binned.append((column, inner))
    if transformer.encode == "ordinal":
        return [spec.unary("bin", column, closed="left", edges=inner) for column, inner in binned]
    made = []
    for column, inner in binned:
        labels = ["bin%d" % bin for bin in range(len(inner) + 1)]
        text = spec.unary("bin", column, TEXT, closed="left", edges=inner, labels=labels)
        names = ["%s=%s" % (column.name, label) for label in labels]
        made.extend(spec.one_hot(text, names, categories=labels, missing="refuse", unseen="refuse"))
    return made


def binarizer(transformer, columns, spec):
    only(NUMBER, "Binarizer", columns)
    says = {"is": ">", "value": number(transformer.threshold, "Binarizer"), "missing": None}
    return [spec.unary("flag", column, **says) for column in columns]


def polynomial(transformer, columns, spec):
    """Products in the order in which PolynomialFeatures multiplies: the last factor first."""
    only(NUMBER, "PolynomialFeatures", columns)
    made = []
    for powers in transformer.powers_:
        factors = [column for column, power in zip(columns, powers) for _ in range(int(power))]
        if not factors:
            made.append(spec.constant("bias", 1))
        elif len(factors) == 1:
            made.append(factors[0])
        else:
            name = "*".join(factor.name for factor in factors)
            made.append(spec.several("product", factors[::-1], name))
    return made


def function(transformer, columns, spec):
    if transformer.func is None or getattr(transformer.func, "__name__", "") == "_identity":
        return columns
    only(NUMBER, "FunctionTransformer", columns)
    keys = transformer.kw_args or {}
    if transformer.func is log1p and not keys:
        return [spec.unary("log1p", column) for column in columns]
    if transformer.func is numpy.sqrt and not keys:
        return [spec.unary("sqrt", column) for column in columns]
    if transformer.func is numpy.square and not keys:
        return [spec.several("product", [column, column], column.name + ".square") for column in columns]
    if transformer.func is numpy.clip and set(keys) <= {"a_min", "a_max"}:
        bounds = {"a_min": "lower", "a_max": "upper"}
        says = {bounds[key]: number(value, "numpy.clip") for key, value in keys.items() if value is not None}
        return [spec.unary("clip", column, **says) for column in columns]
    word = getattr(transformer.func, "__name__", repr(transformer.func))
    if transformer.func is numpy.log1p:
        why = "numpy.log1p is the C library's, whose last bit differs between machines"
        raise Refused("FunctionTransformer(numpy.log1p)", why, "Take tranche_export.log1p; fitted steps stay as they are")
    raise Refused(
        "FunctionTransformer(%s)" % word,
        "a function is code, and only known ones have an operation",
        "Known: numpy.sqrt, numpy.square, numpy.clip with a_min and a_max, tranche_export.log1p",
    )


BY_NAME = {
    "Pipeline": pipeline,
    "ColumnTransformer": column_transformer,
    "FeatureUnion": feature_union,
    "SimpleImputer": simple_imputer,
    "MissingIndicator": missing_indicator,
    "StandardScaler": standard_scaler,
    "RobustScaler": robust_scaler,
    "MaxAbsScaler": max_abs_scaler,
    "MinMaxScaler": min_max_scaler,
    "KBinsDiscretizer": k_bins,
    "Binarizer": binarizer,
    "PolynomialFeatures": polynomial,
    "FunctionTransformer": function,
    "OneHotEncoder": encoders.one_hot,
    "OrdinalEncoder": encoders.ordinal,
}
BY_LIBRARY = {"BinningProcess": binning.binning_process}  # of other libraries than scikit-learn
KNOWN = "Known: " + ", ".join(sorted(BY_NAME)) + ", feature selection"
ADVICE = {
    "KNNImputer": "it looks for neighbours in the training rows",
    "IterativeImputer": "it fits a model for each column",
    "PCA": "its sums run in the order of the linear algebra library, which differs between machines",
    "TruncatedSVD": "its sums run in the order of the linear algebra library, which differs between machines",
    "PowerTransformer": "its powers come from the C library, whose last bit differs between machines",
    "QuantileTransformer": "it interpolates in both directions and averages",
    "Normalizer": "it divides a row by a norm whose sum has no fixed order",
    "CountVectorizer": "it splits free text",
    "TfidfVectorizer": "it splits free text",
}
