"""The lines of a scorecard, whichever library made them."""

from . import golden


class Line:
    """One characteristic: numeric with edges (closed on the left), or groups of texts."""

    def __init__(self, name, edges=None, points=(), special=(), groups=(), missing=None, unseen=None):
        self.input = name
        self.edges = edges
        self.bins = list(points)
        self.special = list(special)
        self.groups = list(groups)
        self.missing = missing
        self.unseen = unseen

    def json(self):
        missing = "refuse" if self.missing is None else self.missing
        if self.edges is None:
            groups = [{"values": texts, "points": points} for texts, points in self.groups]
            unseen = "refuse" if self.unseen is None else self.unseen
            return {"input": self.input, "categories": groups, "missing": missing, "unseen": unseen}
        special = [{"values": values, "points": points} for values, points in self.special]
        return {
            "input": self.input,
            "closed": "left",
            "edges": self.edges,
            "points": self.bins,
            "special": special,
            "missing": missing,
        }

    def of(self, value):
        if value is None:
            return self.missing
        if self.edges is None:
            return next((points for texts, points in self.groups if value in texts), self.unseen)
        special = [points for values, points in self.special if value in values]
        return special[0] if special else self.bins[sum(1 for edge in self.edges if value >= edge)]

    def values(self):
        """What golden rows hold here."""
        found = [None] if self.missing is not None else []
        if self.edges is None:
            found += [text for texts, _ in self.groups for text in texts]
            return found + ([golden.UNSEEN] if self.unseen is not None else [])
        found += golden.edge_values(self.edges) + [0.0, 1e15, -1e15, 0.5]
        return found + [value for values, _ in self.special for value in values]
