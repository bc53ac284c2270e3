"""Writes vectors.json: what scikit-learn and pandas answer where the transform has the same operation.

Run with Debian 12's python3-sklearn and python3-pandas: python3 make_vectors.py > vectors.json
"""

import json
import platform

import numpy
import pandas
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    RobustScaler,
    StandardScaler,
)

random = numpy.random.default_rng(20261120)
cases = []


def plain(values):
    return [[None if x is None or x != x else x for x in row] for row in numpy.asarray(values, dtype=object).tolist()]


def case(name, steps, output, inputs, expected, ulps=0):
    cases.append({
        "name": name,
        "steps": steps,
        "output": output,
        "inputs": inputs,
        "expected": plain(expected),
        "ulps": ulps,
    })


def rows(column, values):
    return [{column: None if v is None or v != v else v} for v in values]


x = numpy.concatenate([random.lognormal(8, 1.2, 24), [0.0, 1.0, 1e-12, 1e12, 16777217.0]])
holed = x.copy()
holed[[2, 9, 17]] = numpy.nan
column = x.reshape(-1, 1)
holes = holed.reshape(-1, 1)

scaler = StandardScaler().fit(column)
case("StandardScaler", [{"op": "standardise", "input": "x", "mean": scaler.mean_[0], "scale": scaler.scale_[0]}],
     ["x"], rows("x", x), scaler.transform(column))

scaler = MinMaxScaler(feature_range=(-1, 3)).fit(column)
case("MinMaxScaler", [{"op": "min_max", "input": "x", "min": scaler.data_min_[0], "max": scaler.data_max_[0],
                       "range": [-1, 3]}], ["x"], rows("x", x), scaler.transform(column))

scaler = RobustScaler().fit(column)
case("RobustScaler", [{"op": "robust", "input": "x", "center": scaler.center_[0], "scale": scaler.scale_[0]}],
     ["x"], rows("x", x), scaler.transform(column))

for strategy in ("mean", "median", "most_frequent"):
    imputer = SimpleImputer(strategy=strategy, add_indicator=True).fit(holes)
    case("SimpleImputer " + strategy,
         [{"op": "impute", "input": "x", "strategy": strategy, "value": imputer.statistics_[0], "indicator": "x_missing"}],
         ["x", "x_missing"], rows("x", holed), imputer.transform(holes))

bins = KBinsDiscretizer(n_bins=5, encode="ordinal", strategy="quantile").fit(column)
edges = bins.bin_edges_[0][1:-1].tolist()
probe = numpy.concatenate([x, edges, [-1e9, 1e99]])
case("KBinsDiscretizer", [{"op": "bin", "input": "x", "closed": "left", "edges": edges}], ["x"], rows("x", probe),
     bins.transform(probe.reshape(-1, 1)))
case("pandas.cut right", [{"op": "bin", "input": "x", "closed": "right", "edges": edges}], ["x"], rows("x", probe),
     pandas.cut(probe, [-numpy.inf, *edges, numpy.inf], labels=False).reshape(-1, 1))

words = ["car", "radio/tv", "education", "car", "business", "radio/tv", "家具", ""]
fitted = numpy.array(sorted(set(words) - {"business"})).reshape(-1, 1)
texts = numpy.array(words).reshape(-1, 1)
encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(fitted)
levels = encoder.categories_[0].tolist()
case("OneHotEncoder ignore", [{"op": "one_hot", "input": "w", "categories": levels, "missing": "zeros", "unseen": "zeros"}],
     ["w=" + level for level in levels], rows("w", words), encoder.transform(texts))

encoder = OneHotEncoder(drop="first", sparse_output=False).fit(fitted)
known = [w for w in words if w != "business"]
case("OneHotEncoder drop first", [{"op": "one_hot", "input": "w", "categories": levels, "missing": "refuse",
                                   "unseen": "refuse", "drop": "first"}],
     ["w=" + level for level in levels[1:]], rows("w", known), encoder.transform(numpy.array(known).reshape(-1, 1)))

encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(fitted)
case("OrdinalEncoder", [{"op": "ordinal", "input": "w", "order": levels, "missing": None, "unseen": -1}], ["w"],
     rows("w", words), encoder.transform(texts))

case("numpy.clip", [{"op": "clip", "input": "x", "lower": 10, "upper": 5000}], ["x"], rows("x", holed),
     numpy.clip(holes, 10, 5000))
case("numpy.sqrt", [{"op": "sqrt", "input": "x"}], ["x"], rows("x", x), numpy.sqrt(column))
case("numpy.log1p", [{"op": "log1p", "input": "x"}], ["x"], rows("x", x), numpy.log1p(column), ulps=1)
case("numpy.power", [{"op": "power", "input": "x", "exponent": 0.3}], ["x"], rows("x", x), numpy.power(column, 0.3),
     ulps=1)

margin = numpy.sort(random.normal(0, 2, 60))
label = (random.random(60) < 1 / (1 + numpy.exp(-margin))).astype(float)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(margin, label)
probe = numpy.concatenate([random.normal(0, 3, 40), isotonic.X_thresholds_[:4]])
keep = numpy.concatenate([[True], numpy.diff(isotonic.X_thresholds_) > 0])
case("IsotonicRegression", [{"op": "isotonic", "input": "x", "x": isotonic.X_thresholds_[keep].tolist(),
                             "y": isotonic.y_thresholds_[keep].tolist()}],
     ["x"], rows("x", probe), isotonic.predict(probe).reshape(-1, 1), ulps=2)

features = random.normal(0, 1, (80, 3))
target = (features @ [0.8, -0.5, 0.1] + random.normal(0, 1, 80) > 0).astype(int)
model = LogisticRegression().fit(features, target)
case("LogisticRegression",
     [{"op": "linear", "intercept": model.intercept_[0], "output": "z",
       "terms": [{"input": f"x{i}", "coefficient": model.coef_[0][i]} for i in range(3)]},
      {"op": "platt", "input": "z", "output": "p", "a": 1, "b": 0}],
     ["p"], [{f"x{i}": row[i] for i in range(3)} for row in features.tolist()[:20]],
     model.predict_proba(features[:20])[:, 1:], ulps=16)

days = pandas.to_datetime("2026-06-30") - pandas.to_timedelta(random.integers(0, 400, 30), "D")
amounts = random.lognormal(5, 1, 30)
events = [{"at": str(day.date()), "amount": amount} for day, amount in zip(days, amounts.tolist())]
frame = pandas.Series(amounts, index=days)
for months in (1, 3, 6):
    last = pandas.Timestamp("2026-06-30")
    window = frame[(frame.index > last - pandas.DateOffset(months=months)) & (frame.index <= last)]
    names = ["sum", "mean", "max", "min", "count", "std"]
    case(f"pandas window {months} months",
         [{"op": "window", "input": "e", "output": name, "value": "amount", "as_of": "2026-06-30", "months": months,
           "aggregate": name, "empty": None} for name in names],
         names, [{"e": events}], [[float(getattr(window, name)()) for name in names]], ulps=8)

birth = pandas.to_datetime(random.integers(-9000, 12000, 20), unit="D")
case("days", [{"op": "date_difference", "from": "d", "to": "2026-06-30", "unit": "days", "output": "n"}], ["n"],
     [{"d": str(day.date())} for day in birth],
     [[float((pandas.Timestamp("2026-06-30") - day).days)] for day in birth])

tools = {"sklearn": sklearn.__version__, "numpy": numpy.__version__, "pandas": pandas.__version__,
         "python": platform.python_version()}
lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
print('{"tools": ' + json.dumps(tools) + ',\n"cases": [\n' + lines + "\n]}")
