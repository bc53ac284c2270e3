"""What every exported model answers: its file, its numbers, and where its thresholds lie. Needs no library."""

FLOAT = "float"
DOUBLE = "double"


class Trained:
    """A model file and the library that answers for it.

    `margins` and `outputs` take the vectors as the pipeline hands them over; `thresholds` are by place of the vector.
    """

    format = ""
    file = ""
    precision = DOUBLE
    output = "value"
    rounds = "all"
    names = ()
    takes_sparse_zeros_as_missing = False
    classes = None

    def content(self):
        raise NotImplementedError

    def margins(self, vectors):
        raise NotImplementedError

    def outputs(self, vectors, margins):
        raise NotImplementedError

    def thresholds(self):
        return {}

    def below(self, value, threshold):
        """On which side of a threshold a place of the vector lies."""
        return value <= threshold


def output_of_objective(text):
    """What a LightGBM file answers, from the line `objective=`."""
    objective = [line[10:].split(" ")[0] for line in text.splitlines()[:30] if line.startswith("objective=")]
    word = objective[0] if objective else ""
    if word in ("binary", "cross_entropy", "xentropy"):
        return "probability"
    return "classes" if word in ("multiclass", "softmax", "multiclassova", "multiclass_ova", "ova", "ovr") else "value"
