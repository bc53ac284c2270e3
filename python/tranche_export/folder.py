"""Writes the files of an artifact folder. The two YAML files are written as JSON, which is YAML."""

import json
import os
import platform
import re

from .refusal import Refused

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*_v[0-9]+\.[0-9]+")


def checked_name(name):
    if not NAME.fullmatch(name):
        raise Refused("the name %r" % name, "a version is named product_type_v1.0, in lower case")
    return name


def write(folder, files):
    """Writes names to bytes or JSON values; returns the folder's path."""
    os.makedirs(folder, exist_ok=True)
    for name, content in files.items():
        if not isinstance(content, bytes):
            content = (json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    return folder


def model_yaml(name, trained, label, provenance, calibration, by_position):
    says = {
        "name": checked_name(name),
        "format": trained.format,
        "file": trained.file,
        "output": trained.output if calibration is None else "probability",
        "label": label_of(label, trained.classes),
        "rounds": trained.rounds,
    }
    if by_position:
        says["inputs"] = "by_position"
    if calibration is not None:
        says["calibration"] = calibration
    says["provenance"] = dict(provenance_of(trained), **(provenance or {}))
    return says


def provenance_of(trained):
    from . import __name__ as package

    return {
        "exported_by": package,
        "library": trained.library,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def label_of(label, classes):
    """The label as given; what is not given is said to be not given."""
    label = dict(label or {})
    unknown = sorted(set(label) - {"name", "definition", "positive"})
    if unknown:
        raise Refused("label key %s" % unknown[0], "a label has name, definition and positive")
    positive = classes[1] if classes and len(classes) == 2 else "1"
    says = {"name": "target", "definition": "not stated at export", "positive": positive}
    says.update({key: str(value) for key, value in label.items()})
    return says


def samples(features, rows, vectors, margins, outputs):
    """samples.jsonl; vectors, margins and outputs are texts in the model's precision."""
    lines = []
    for place, row in enumerate(rows):
        given = {}
        for feature, value in zip(features, row):
            if value is not None or place % 2:
                given[feature.name] = bool(value) if feature.kind == "boolean" and value is not None else value
        transformed, margin, output = (", ".join(many[place]) for many in (vectors, margins, outputs))
        request = json.dumps(given, ensure_ascii=False, allow_nan=False)
        lines.append(
            '{"input": %s, "transformed": [%s], "margin": [%s], "output": [%s]}' % (request, transformed, margin, output)
        )
    return ("\n".join(lines) + "\n").encode("utf-8")
