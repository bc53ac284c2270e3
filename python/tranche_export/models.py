"""Trained models as model files: what each writes, answers, and where its thresholds lie."""

import json
import math
import os
import tempfile

import numpy

from . import lightgbm_text
from .functions import sigmoid, single
from .refusal import Refused
from .spec import number
from .trained import FLOAT, Trained, output_of_objective

def adapt(model):
    """The trained model that an estimator is."""
    name, module = type(model).__name__, type(model).__module__
    if module.startswith("xgboost"):
        return Xgboost(model)
    if module.startswith("lightgbm"):
        return Lightgbm(model)
    if module.startswith("catboost"):
        raise Refused(name, "it has its own file", "save_model(path, format='json'), then export_file")
    if module.startswith("sklearn.linear_model") and name in LINEAR:
        return Linear(model)
    if module.startswith("sklearn.") and name in lightgbm_text.WRITERS:
        return SklearnTrees(model)
    if name == "CalibratedClassifierCV":
        why = "it averages calibrated models, or calibrates probabilities instead of margins"
        raise Refused(name, why, "Export the model inside and give calibration={'op': 'platt', 'a': …, 'b': …}")
    raise Refused(
        name,
        "it is no model that an artifact folder can say exactly",
        "Known: XGBoost, LightGBM, %s" % ", ".join(sorted(LINEAR) + sorted(lightgbm_text.WRITERS)),
    )


class Xgboost(Trained):
    format = "xgboost"
    file = "model.ubj"
    precision = FLOAT
    takes_sparse_zeros_as_missing = True

    def __init__(self, model):
        import xgboost

        self.library = "xgboost " + xgboost.__version__
        self.model = model
        self.wrapped = not isinstance(model, xgboost.Booster)
        self.booster = model.get_booster() if self.wrapped else model
        missing = getattr(model, "missing", math.nan)
        if missing is not None and not (isinstance(missing, float) and missing != missing):
            raise Refused("XGBoost(missing=%r)" % missing, "the file does not hold the marker", "Turn it into NaN first")
        self.json = json.loads(bytes(self.booster.save_raw("json")))["learner"]
        self.names = tuple(self.json.get("feature_names") or ())
        objective = self.json["objective"]["name"]
        self.output = KINDS.get(objective, "value")
        if objective in ("multi:softmax",):
            raise Refused("XGBoost objective multi:softmax", "it answers a class number", "Train with multi:softprob")
        best = self.json.get("attributes", {}).get("best_iteration")
        self.rounds = "best" if self.wrapped and best is not None else "all"
        self.classes = [str(one) for one in model.classes_] if hasattr(model, "classes_") else None
        self.end = int(best) + 1 if self.rounds == "best" else 0

    def content(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, self.file)
            self.booster.save_model(path)
            with open(path, "rb") as file:
                return file.read()

    def predicted(self, vectors, margin):
        if self.wrapped and margin:
            return self.model.predict(vectors, output_margin=True)
        if self.wrapped and hasattr(self.model, "predict_proba"):
            answers = self.model.predict_proba(vectors)
            return answers if self.output == "classes" else answers[:, 1]
        if self.wrapped:
            return self.model.predict(vectors)
        matrix = xgboost_matrix(vectors, None, self.booster)
        return self.booster.predict(matrix, output_margin=margin, iteration_range=(0, self.end))

    def margins(self, vectors):
        return two_dimensional(self.predicted(vectors, True))

    def outputs(self, vectors, margins):
        return two_dimensional(self.predicted(vectors, False))

    def thresholds(self):
        booster = self.json["gradient_booster"]
        booster = booster.get("gbtree", booster)
        by_place = {}
        for tree in booster.get("model", {}).get("trees", []):
            for place, at, left in zip(tree["split_indices"], tree["split_conditions"], tree["left_children"]):
                if left >= 0:
                    by_place.setdefault(int(place), set()).add(float(at))
        return by_place

    def below(self, value, threshold):
        return single(value) < single(threshold)


def xgboost_matrix(vectors, names, booster):
    """A matrix that a booster of named features takes."""
    import xgboost

    types = booster.feature_types
    if hasattr(vectors, "columns"):
        return xgboost.DMatrix(vectors, enable_categorical="c" in (types or ()))
    names = list(names) if names is not None and booster.feature_names else booster.feature_names
    return xgboost.DMatrix(vectors, feature_names=names, feature_types=types)


KINDS = {"binary:logistic": "probability", "reg:logistic": "probability", "multi:softprob": "classes"}


class Lightgbm(Trained):
    format = "lightgbm"
    file = "model.txt"

    def __init__(self, model):
        self.booster = getattr(model, "booster_", model)
        self.library = "lightgbm"
        best = getattr(self.booster, "best_iteration", -1)
        self.text = self.booster.model_to_string(num_iteration=best if best and best > 0 else -1)
        self.names = tuple(self.booster.feature_name())
        self.output = output_of_objective(self.text)
        self.classes = [str(one) for one in model.classes_] if hasattr(model, "classes_") else None

    def content(self):
        return self.text.encode("utf-8")

    def margins(self, vectors):
        return two_dimensional(self.booster.predict(vectors, raw_score=True))

    def outputs(self, vectors, margins):
        return two_dimensional(self.booster.predict(vectors))

    def thresholds(self):
        return lightgbm_text.thresholds(self.text)


class SklearnTrees(Trained):
    """A tree ensemble of scikit-learn, written in LightGBM's text format; see `lightgbm_text`."""

    format = "lightgbm"
    file = "model.txt"

    def __init__(self, model):
        import sklearn

        self.library = "scikit-learn " + sklearn.__version__
        self.model = model
        self.written = lightgbm_text.write(model)
        self.output = self.written.output
        self.classes = [str(one) for one in model.classes_] if hasattr(model, "classes_") else None

    def content(self):
        return self.written.text.encode("utf-8")

    def margins(self, vectors):
        return two_dimensional(self.written.margins(dense(vectors)))

    def outputs(self, vectors, margins):
        return two_dimensional(self.written.outputs(dense(vectors)))

    def thresholds(self):
        return lightgbm_text.thresholds(self.written.text)


LINEAR = ("LogisticRegression", "LogisticRegressionCV", "SGDClassifier", "LinearRegression", "Ridge", "Lasso", "ElasticNet")
EPSILON = 2.0**-53


class Linear(Trained):
    """A weighted sum. Golden margins are summed from left to right in double, as `logistic.json` declares.

    scikit-learn leaves the order to the linear algebra library, so its own sum differs between machines; here it is
    checked to lie within the rounding of any order: `(n + 1) · 2^-52 · Σ |term|` (Higham, Accuracy and Stability of
    Numerical Algorithms, 2002, eq. 4.4).
    """

    format = "logistic"
    file = "logistic.json"

    def __init__(self, model):
        import sklearn

        self.library = "scikit-learn " + sklearn.__version__
        self.model = model
        name = type(model).__name__
        weights = numpy.atleast_2d(numpy.asarray(model.coef_, dtype=numpy.float64))
        if weights.shape[0] != 1:
            raise Refused("%s with %d outputs" % (name, weights.shape[0]), "one weighted sum has one margin", "Take XGBoost")
        if name == "SGDClassifier" and model.loss not in ("log_loss", "log"):
            raise Refused("SGDClassifier(loss=%r)" % model.loss, "it gives no probability", "Take loss='log_loss'")
        self.logit = hasattr(model, "classes_")
        self.weights = [number(weight, name) for weight in weights[0]]
        self.intercept = number(numpy.ravel(model.intercept_)[0], name)
        self.output = "probability" if self.logit else "value"
        self.classes = [str(one) for one in model.classes_] if self.logit else None
        self.means = [0.0] * len(self.weights)

    def describe(self, columns):
        """Names and references of the terms: the inputs and their means in the golden rows."""
        self.columns = columns

    def content(self):
        terms = [
            {"input": name, "coefficient": weight, "reference": mean}
            for name, weight, mean in zip(self.columns, self.weights, self.means)
        ]
        says = {"intercept": self.intercept, "link": "logit" if self.logit else "identity", "terms": terms}
        return (json.dumps(says, indent=1, ensure_ascii=False) + "\n").encode("utf-8")

    def margins(self, vectors):
        rows = dense(vectors)
        given = self.model.decision_function(rows) if self.logit else numpy.ravel(self.model.predict(rows))
        sums = []
        for row, library in zip(rows.tolist(), given.tolist()):
            total, size = self.intercept, abs(self.intercept)
            for weight, value in zip(self.weights, row):
                total += weight * value
                size += abs(weight * value)
            if not abs(total - library) <= 2 * (len(row) + 2) * EPSILON * 2 * size:
                raise Refused(type(self.model).__name__, "it answers %r where the sum is %r" % (library, total))
            sums.append([total])
        return numpy.array(sums)

    def outputs(self, vectors, margins):
        """The link of the margin in the declared order, next to scikit-learn's own answer."""
        if not self.logit:
            return margins
        answers = numpy.array([[sigmoid(margin[0])] for margin in margins.tolist()])
        given = self.model.predict_proba(dense(vectors))[:, 1:2]
        if not numpy.allclose(answers, given, rtol=1e-9, atol=1e-300):
            raise Refused(type(self.model).__name__, "its probability is not the logistic function of its sum")
        return answers


def two_dimensional(answers):
    answers = numpy.asarray(answers)
    return answers.reshape(-1, 1) if answers.ndim == 1 else answers


def dense(vectors):
    """A float64 array of what a pipeline hands over: array, frame or sparse matrix."""
    if hasattr(vectors, "toarray"):
        vectors = vectors.toarray()
    return numpy.asarray(vectors, dtype=numpy.float64)
