"""Writes the vectors of the monitor tests with scikit-learn and scipy.

Run with Debian's python3-sklearn:
    /usr/bin/python3 credit/src/test/python/monitor_vectors.py > credit/src/test/resources/dev/tranche/credit/monitor/vectors.json
"""
import json

import numpy
import scipy
import sklearn
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_auc_score


def case(name, scores, bad):
    scores, bad = numpy.asarray(scores, float), numpy.asarray(bad, bool)
    interval = stats.binomtest(int(bad.sum()), len(bad)).proportion_ci(0.95, "wilson")
    found = {
        "name": name,
        "scores": scores.tolist(),
        "bad": bad.tolist(),
        "auc": roc_auc_score(bad, scores),
        "ks": stats.ks_2samp(scores[bad], scores[~bad]).statistic,
        "brier": brier_score_loss(bad, scores),
        "rate_low": interval.low,
        "rate_high": interval.high,
    }
    if len(set(scores)) == len(scores):
        observed, expected = calibration_curve(bad, scores, n_bins=10, strategy="quantile")
        found["decile_observed"] = observed.tolist()
        found["decile_expected"] = expected.tolist()
    return found


def stability(name, reference, sample, edges):
    """The index over the bins (-inf, e0], (e0, e1], ..., (last, inf), missing, with half a case added to each."""
    def shares(values):
        values = numpy.asarray(values, float)
        there = values[~numpy.isnan(values)]
        counts = numpy.histogram(-there, bins=-numpy.r_[numpy.inf, edges[::-1], -numpy.inf])[0][::-1]
        return numpy.append(counts, numpy.isnan(values).sum())

    then, now = shares(reference), shares(sample)
    used = (then + now) > 0
    p = (then + 0.5) / (then.sum() + 0.5 * len(then))
    q = (now + 0.5) / (now.sum() + 0.5 * len(now))
    clean = lambda values: [None if numpy.isnan(v) else v for v in values]
    return {
        "name": name,
        "reference": clean(reference),
        "sample": clean(sample),
        "edges": list(map(float, edges)),
        "index": float(((q - p) * numpy.log(q / p))[used].sum()),
    }


random = numpy.random.RandomState(20261120)
margin = random.normal(-1, 1, 200)
smooth = 1 / (1 + numpy.exp(-margin))
outcome = random.uniform(size=200) < smooth
small = [0.1, 0.4, 0.35, 0.8]
normal = numpy.round(random.normal(0, 1, 60), 3)
moved = numpy.round(random.normal(0.7, 1, 60), 3)
with_gaps = moved.copy()
with_gaps[::6] = numpy.nan

print(json.dumps({
    "made_by": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {numpy.__version__}",
    "cases": [
        case("smooth", smooth, outcome),
        case("ties", numpy.round(smooth, 1), outcome),
        case("four", small, [False, False, True, True]),
        case("reversed", 1 - numpy.round(smooth, 2), outcome),
    ],
    "stability": [
        stability("shifted", normal, moved, numpy.sort(normal)[[5, 11, 17, 23, 29, 35, 41, 47, 53, 59]]),
        stability("gaps appear", normal, with_gaps, numpy.sort(normal)[[5, 11, 17, 23, 29, 35, 41, 47, 53, 59]]),
    ],
}, separators=(",", ":")))
