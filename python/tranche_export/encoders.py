"""OneHotEncoder and OrdinalEncoder: their tables of categories as steps."""

from .refusal import Refused
from .spec import NUMBER, TEXT, Column


def flagged(column, spec):
    """1 where the column is missing."""
    name = spec.free(column.name + ".missing")
    spec.steps.append({"op": "flag", "input": column.name, "is": "missing", "output": name})
    return Column(name, NUMBER, column.features)


def split(encoder, categories, column):
    """The texts of the categories, the place of missing among them (or None), and whether they are numbers."""
    nulls = [place for place, one in enumerate(categories) if one is None or one != one]
    if len(nulls) > 1:
        raise Refused(encoder, "both None and NaN are categories of %s" % column.name, "Write missing in one way")
    for place in nulls:
        for feature in column.features:
            if column.kind == TEXT:
                feature.null = categories[place]
    texts = [text_of(encoder, one, column) for place, one in enumerate(categories) if place not in nulls]
    return texts, nulls[0] if nulls else None


def text_of(encoder, category, column):
    """A category as the transform names it."""
    if column.kind == TEXT:
        if not isinstance(category, str):
            raise Refused(encoder, "%s has the category %r among texts" % (column.name, category), "Make them all texts")
        return str(category)
    value = float(category)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if 1e-3 <= abs(value) < 1e7:
        return repr(value)
    raise Refused(encoder, "%s has the number %r as a category" % (column.name, value), "Bin it, or make it a text")


def declare(column, texts):
    """Texts that an encoder knows are categories of the feature."""
    for feature in column.features:
        if column.kind == TEXT and column.name == feature.name:
            feature.categories.extend(text for text in texts if text not in feature.categories)


def textual(column, spec):
    """The column as texts; a number by its shortest form."""
    if column.kind == TEXT:
        return column
    return spec.unary("parse", spec.plus_zero(column), TEXT, type="text")


def one_hot(encoder, columns, spec):
    made = []
    for place, column in enumerate(columns):
        categories = encoder.categories_[place].tolist()
        groups = grouping(encoder, place)
        if groups is not None:
            made.extend(grouped(encoder, column, categories, groups, spec))
        else:
            made.extend(plain(encoder, column, categories, dropped(encoder, place), spec))
    return made


def dropped(encoder, place):
    drops = getattr(encoder, "drop_idx_", None)
    return None if drops is None or drops[place] is None else int(drops[place])


def plain(encoder, column, categories, drop, spec):
    texts, null = split("OneHotEncoder", categories, column)
    declare(column, texts)
    strict = encoder.handle_unknown == "error"
    names = ["%s=%s" % (column.name, text) for text in texts]
    missing = "refuse" if strict and null is None else "zeros"
    says = {"categories": texts, "missing": missing, "unseen": "refuse" if strict else "zeros"}
    made = spec.one_hot(textual(column, spec), names, **says)
    if null is not None:
        made.insert(null, flagged(column, spec))
    return [one for place, one in enumerate(made) if place != drop]


def grouping(encoder, place):
    """By category the place of its column, when rare categories share one; else None."""
    mappings = getattr(encoder, "_default_to_infrequent_mappings", None)
    if not getattr(encoder, "_infrequent_enabled", False) or mappings is None or mappings[place] is None:
        return None
    if getattr(encoder, "drop", None) is not None:
        raise Refused("OneHotEncoder", "drop together with infrequent categories", "Leave drop out")
    return [int(target) for target in mappings[place]]


LENIENT = ("infrequent_if_exist", "warn")


def grouped(encoder, column, categories, groups, spec):
    texts, null = split("OneHotEncoder", categories, column)
    declare(column, texts)
    rare = max(groups)
    labels = ["infrequent" if target == rare else None for target in range(rare + 1)]
    members = {}
    for place, target in enumerate(groups):
        if place == null:
            label = labels[target] or "missing"
        else:
            label = labels[target] or "is " + texts[place if null is None or place < null else place - 1]
        labels[target] = label
        members.setdefault(label, [])
        if place != null:
            members[label].append(texts[place if null is None or place < null else place - 1])
    says = {"groups": members, "other": "infrequent" if encoder.handle_unknown in LENIENT else None}
    if null is not None:
        says["missing"] = labels[groups[null]]
    elif encoder.handle_unknown in LENIENT:
        says["missing"] = "infrequent"
    text = spec.unary("group", textual(column, spec), TEXT, **says)
    names = ["%s=%s" % (column.name, label) for label in labels]
    missing = "refuse" if encoder.handle_unknown == "error" else "zeros"
    return spec.one_hot(text, names, categories=labels, missing=missing, unseen=missing)


def ordinal(encoder, columns, spec):
    made = []
    strict = encoder.handle_unknown == "error"
    unknown = None if strict else plain_number(encoder.unknown_value)
    for place, column in enumerate(columns):
        categories = encoder.categories_[place].tolist()
        if getattr(encoder, "_infrequent_enabled", False) and encoder._default_to_infrequent_mappings[place] is not None:
            raise Refused("OrdinalEncoder", "infrequent categories share a code", "Leave max_categories out")
        texts, null = split("OrdinalEncoder", categories, column)
        if null is not None and null != len(categories) - 1:
            raise Refused("OrdinalEncoder", "missing stands between the categories of %s" % column.name, "Put it last")
        declare(column, texts)
        missing = "refuse" if strict else unknown
        if null is not None:
            missing = plain_number(getattr(encoder, "encoded_missing_value", float("nan")))
        says = {"order": texts, "missing": missing, "unseen": "refuse" if strict else unknown}
        made.append(spec.unary("ordinal", textual(column, spec), **says))
    return made


def plain_number(value):
    """A code as the spec says it: null for NaN."""
    return None if value is None or value != value else float(value)
