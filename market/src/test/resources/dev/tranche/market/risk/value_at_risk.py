#!/usr/bin/python3
"""Values at risk of two samples by numpy and scipy, for ValueAtRiskParityTest. Writes value_at_risk.csv."""
import csv
import pathlib

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261120)
samples = {
    "normal": 0.0004 + 0.02 * rng.standard_normal(250),
    "heavy": 0.01 * rng.standard_t(5, 400) - 0.004 * (rng.random(400) < 0.05),
}
DECAY = 0.94


def parametric(r, c):
    return -stats.norm.ppf(1 - c, r.mean(), r.std(ddof=1))


def cornish_fisher(r, c):
    z, s, k = stats.norm.ppf(1 - c), stats.skew(r), stats.kurtosis(r)
    w = z + (z**2 - 1) * s / 6 + (z**3 - 3 * z) * k / 24 - (2 * z**3 - 5 * z) * s**2 / 36
    return -(r.mean() + r.std(ddof=1) * w)


def historical(r, c):
    return -np.quantile(r, 1 - c)


def filtered(r, c):
    variance = [np.mean(r**2)]
    for x in r:
        variance.append(DECAY * variance[-1] + (1 - DECAY) * x * x)
    scaled = r / np.sqrt(variance[:-1]) * np.sqrt(variance[-1])
    return -np.quantile(scaled, 1 - c)


here = pathlib.Path(__file__).parent
with open(here / "value_at_risk.csv", "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([f"numpy {np.__version__} scipy {scipy.__version__}"])
    for name, r in samples.items():
        rows.writerow([name, "returns"] + [repr(float(x)) for x in r])
        for method in (parametric, cornish_fisher, historical, filtered):
            rows.writerow([name, method.__name__] + [repr(float(method(r, c))) for c in (0.95, 0.99)])
