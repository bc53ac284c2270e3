"""Writes the vectors of LogisticParityTest with scikit-learn.

    /usr/bin/python3 examples/src/test/python/logistic_vectors.py > examples/src/test/resources/dev/tranche/examples/credit/logistic.json
"""
import json

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

random = numpy.random.RandomState(20261120)
x = numpy.round(random.normal(0, 1, (80, 3)), 3)
y = (random.uniform(size=80) < 1 / (1 + numpy.exp(-(x @ [0.8, -0.5, 0.3] - 0.4)))).astype(int)


def fitted(ridge):
    penalty = {"penalty": None} if ridge == 0 else {"C": 1 / ridge}
    model = LogisticRegression(solver="newton-cg", tol=1e-9, max_iter=1000, **penalty).fit(x, y)
    return {"ridge": ridge, "weights": model.coef_[0].tolist(), "intercept": model.intercept_[0]}


print(json.dumps({
    "made_by": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
    "x": x.tolist(),
    "y": y.tolist(),
    "fits": [fitted(0), fitted(2)],
}, separators=(",", ":")))
