"""Trains a scikit-learn pipeline with XGBoost on the German credit data and exports it.

usage: python3 german_credit.py CSV FOLDER
"""

import sys

import pandas
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from xgboost import XGBClassifier

from tranche_export import export

frame = pandas.read_csv(sys.argv[1])
bad = (frame.pop("class") == "bad").astype(int)
numbers = frame.select_dtypes("number").columns
texts = frame.select_dtypes("object").columns

prepare = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("texts", OneHotEncoder(handle_unknown="ignore"), texts),
    ],
    sparse_threshold=0.0,
)
pipeline = Pipeline([("prepare", prepare), ("model", XGBClassifier(n_estimators=60, max_depth=3, n_jobs=1))])
pipeline.fit(frame[:700], bad[:700])

label = {"name": "bad", "definition": "credit risk bad in Statlog German Credit (Hofmann 1994)", "positive": "bad"}
print(export(pipeline, "german_credit_xgb_v1.0", frame, folder=sys.argv[2], label=label))
