"""Golden rows: the trainer's own rows, and rows made where two programs would first disagree."""

import math
import random
import struct

from . import program

UNSEEN = "never seen in training"
LARGEST = 1.7976931348623157e308
LADDER = (LARGEST, 1e300, 1e200, 1e150, 1e100, 1e75, 1e50, 1e38, 1e30, 1e20, 1e15, 1e12, 1e9, 1e6, 0.0)
EXTREMES = (0.0, -0.0, 1.0, -1.0, 16777217.0, 1e-300, 5e-324, 1e15, -1e15)


def ordered(value):
    """Doubles as whole numbers in the same order."""
    bits = struct.unpack(">q", struct.pack(">d", value))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def double(place):
    bits = place if place >= 0 else (-place) | (1 << 63)
    return struct.unpack(">d", struct.pack(">Q", bits))[0]


def crossing(left, low, high):
    """The two neighbouring doubles between which `left` changes; None when it does not."""
    a, b = ordered(low), ordered(high)
    side = left(low)
    if side == left(high):
        return None
    while b - a > 1:
        middle = (a + b) // 2
        if left(double(middle)) == side:
            a = middle
        else:
            b = middle
    return double(a), double(b)


class Edges:
    """Rows on both sides of thresholds, however the transform came to the number that is compared."""

    def __init__(self, frame, steps, outputs, chance, most):
        self.frame = frame
        self.steps = steps
        self.outputs = outputs
        self.chance = chance
        self.most = most

    def rows(self, thresholds, below):
        """For thresholds by place of the vector: rows whose number lies just below and just above."""
        pairs = [(place, at) for place, many in sorted(thresholds.items()) for at in sorted(many)]
        self.chance.shuffle(pairs)
        made = []
        for place, at in pairs:
            if len(made) >= self.most:
                break
            made.extend(self.around(self.outputs[place], at, below))
        return made

    def around(self, column, threshold, below):
        features = [feature for feature in column.features if feature.kind == "number"]
        if not features or abs(threshold) < 1e-30 and threshold != 0:
            return []
        feature = self.chance.choice(features)
        place = self.frame.names.index(feature.name)
        base = list(self.chance.choice(self.frame.rows))
        steps = program.slice_for(self.steps, column.name)

        def left(x):
            row = dict(zip(self.frame.names, base))
            row[feature.name] = x
            try:
                return bool(below(program.run(steps, row)[column.name], threshold))
            except (program.RowRefused, TypeError):
                return False

        low, high = self.span(place)
        try:
            found = crossing(left, low, high)
        except (OverflowError, ZeroDivisionError):
            found = None
        made = []
        for x in found or ():
            row = list(base)
            row[place] = x
            made.append(row)
        return made

    def span(self, place):
        seen = [row[place] for row in self.frame.rows if row[place] is not None] or [0.0]
        low, high = min(seen), max(seen)
        margin = max(high - low, 1.0, abs(low) * 1e-3, abs(high) * 1e-3)
        feature = self.frame.features[place]
        if feature.low is not None:
            return max(low - margin, feature.low), min(high + margin, feature.high)
        return low - margin, high + margin


def special(frame, chance):
    """One feature at a time missing, unseen, extreme, or each of its categories; and everything missing."""
    base = frame.rows[0]
    made = [[None if feature.kind != "boolean" else False for feature in frame.features]]
    for place, feature in enumerate(frame.features):
        values = [None]
        if feature.kind == "category":
            values += feature.categories + [UNSEEN, ""]
        elif feature.kind == "boolean":
            values = [True, False]
        else:
            values += list(EXTREMES) + [feature.low or -LARGEST, feature.high or LARGEST]
        for value in values:
            row = list(chance.choice(frame.rows) if value is not None else base)
            row[place] = value
            made.append(row)
    return made


def recombined(frame, count, chance):
    """New rows whose every value is one of the trainer's."""
    return [[chance.choice(frame.rows)[place] for place in range(len(frame.features))] for _ in range(count)]


def edge_values(edges):
    """The edges of bins with the doubles beside them."""
    values = []
    for edge in edges:
        values += [math.nextafter(edge, -math.inf), edge, math.nextafter(edge, math.inf)]
    return values


def source(seed):
    return random.Random(seed)
