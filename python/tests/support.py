"""What the tests share: data, folders and whether the libraries are there."""

import importlib.util
import json
import os
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TRANCHE_SHARED", ROOT.parent / "shared"))
# Where the JVM looks for what the tests export; a folder of their own without it.
OUT = Path(os.environ.get("TRANCHE_EXPORTED") or tempfile.mkdtemp(prefix="tranche-export"))
LABEL = {"name": "bad", "definition": "credit risk bad in Statlog German Credit (Hofmann 1994)", "positive": "bad"}


def needs(*modules):
    absent = [module for module in modules if importlib.util.find_spec(module) is None]
    packages = {"sklearn": "python3-sklearn", "xgboost": "python3-xgboost", "pandas": "python3-pandas"}
    sentence = "needs %s (Debian: %s)" % (absent, " ".join(packages.get(one, one) for one in absent))
    return unittest.skipIf(absent, sentence)


def german():
    """The German credit data with holes, and whether each was bad."""
    import numpy
    import pandas

    frame = pandas.read_csv(ROOT / "examples" / "credit" / "german-credit.csv")
    bad = (frame.pop("class") == "bad").astype(int).to_numpy()
    random = numpy.random.default_rng(20261120)
    for column in ("duration", "credit_amount", "age"):
        frame[column] = frame[column].astype(float).mask(random.random(len(frame)) < 0.05)
    frame["purpose"] = frame["purpose"].mask(random.random(len(frame)) < 0.05)
    return frame, bad


def samples(folder):
    with open(Path(folder) / "samples.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(folder, name):
    with open(Path(folder) / name, encoding="utf-8") as file:
        return json.load(file)
