"""Tree ensembles of scikit-learn in LightGBM's text format, decision for decision and bit for bit.

scikit-learn's plain trees round an input to float and go left when it is at most a double threshold. Rounding never
changes an order, so the doubles that go left are those up to one largest double: that is the threshold written here, for
a comparison in double. Histogram trees compare doubles as they are. LightGBM's format takes every number up to 1e-35 for
0, so that such a number, unless it is 0 itself, may take the other side of a threshold that is 0. Leaves are summed in
the order of the library: boosting starts from its first guess, which is written as a tree of one leaf; a forest's mean
is `average_output`.
"""

import math

import numpy

from .refusal import Refused

ZERO = float(numpy.float32(1e-35))  # LightGBM takes numbers up to this for 0 (kZeroThreshold)


class Written:
    """A text and the functions that answer for it."""

    def __init__(self, text, output, margins, outputs):
        self.text = text
        self.output = output
        self.margins = margins
        self.outputs = outputs


def write(model):
    return WRITERS[type(model).__name__](model)


def double_threshold(threshold):
    """The largest double whose rounding to float is at most `threshold`."""
    below = numpy.float32(threshold)
    if float(below) > threshold:
        below = numpy.nextafter(below, numpy.float32(-numpy.inf), dtype=numpy.float32)
    above = numpy.nextafter(below, numpy.float32(numpy.inf), dtype=numpy.float32)
    if not numpy.isfinite(above) or not numpy.isfinite(below):
        raise Refused("a threshold of %r" % threshold, "it lies outside the floats")
    middle = (float(below) + float(above)) / 2
    largest = middle if float(numpy.float32(middle)) == float(below) else math.nextafter(middle, -math.inf)
    return beside_zero(largest)


def beside_zero(threshold):
    """The threshold, or the nearest that sends 0 to the same side where LightGBM sees nothing but 0."""
    if abs(threshold) > ZERO:
        return threshold
    return 0.0 if threshold >= 0 else math.nextafter(-ZERO, -math.inf)


def tree_block(number, features, thresholds, lefts, rights, values, counts, types):
    """One `Tree=` block. Nodes are numbered as scikit-learn does; a leaf has left -1."""
    inner = [node for node in range(len(lefts)) if lefts[node] >= 0]
    leaves = [node for node in range(len(lefts)) if lefts[node] < 0]
    places = {node: place for place, node in enumerate(inner)}
    places.update({node: ~place for place, node in enumerate(leaves)})
    says = ["Tree=%d" % number, "num_leaves=%d" % len(leaves), "num_cat=0"]
    if inner:
        says += [
            "split_feature=" + " ".join(str(int(features[node])) for node in inner),
            "threshold=" + " ".join(repr(float(thresholds[node])) for node in inner),
            "decision_type=" + " ".join(str(types[node]) for node in inner),
            "left_child=" + " ".join(str(places[lefts[node]]) for node in inner),
            "right_child=" + " ".join(str(places[rights[node]]) for node in inner),
        ]
    says.append("leaf_value=" + " ".join(repr(float(values[node])) for node in leaves))
    says.append("leaf_count=" + " ".join(str(int(counts[node])) for node in leaves))
    if inner:
        says.append("internal_count=" + " ".join(str(int(counts[node])) for node in inner))
    return says + ["is_linear=0", "shrinkage=1", "", ""]


def document(blocks, width, groups, objective, average):
    says = ["tree", "version=v4", "num_class=%d" % groups, "num_tree_per_iteration=%d" % groups, "label_index=0"]
    says.append("max_feature_idx=%d" % (width - 1))
    if objective:
        says.append("objective=" + objective)
    if average:
        says.append("average_output")
    says.append("feature_names=" + " ".join("Column_%d" % place for place in range(width)))
    says.append("feature_infos=" + " ".join("none" for _ in range(width)))
    says += ["tree_sizes=" + " ".join(str(len("\n".join(block))) for block in blocks), ""]
    for block in blocks:
        says += block
    return "\n".join(says + ["end of trees", ""])


def plain_tree(number, tree, values):
    """A block of a `Tree` of scikit-learn."""
    lefts = tree.children_left.tolist()
    thresholds = [double_threshold(at) if left >= 0 else 0.0 for at, left in zip(tree.threshold.tolist(), lefts)]
    goes = getattr(tree, "missing_go_to_left", None)
    types = [8 | (2 if goes is not None and goes[node] else 0) for node in range(len(lefts))]
    counts = tree.n_node_samples.tolist()
    return tree_block(number, tree.feature, thresholds, lefts, tree.children_right.tolist(), values, counts, types)


def constant_tree(number, value):
    return tree_block(number, [0], [0.0], [-1], [-1], [value], [0], [0])


def one_output(model):
    if model.n_outputs_ != 1:
        raise Refused("%s with %d outputs" % (type(model).__name__, model.n_outputs_), "a model has one label")


def shares(tree):
    """By node the classes' shares, computed as predict_proba does: newer trees hold shares, older ones weights."""
    values = tree.value[:, 0, :].astype(numpy.float64)
    if abs(values[0].sum() - 1) < 1e-6 < abs(tree.weighted_n_node_samples[0] - 1):
        return values
    total = values.sum(axis=1)[:, numpy.newaxis]
    total[total == 0.0] = 1.0
    return values / total


def forest_classifier(model):
    one_output(model)
    trees = [model] if not hasattr(model, "estimators_") else model.estimators_
    classes = len(model.classes_)
    places = [1] if classes == 2 else list(range(classes))
    blocks = []
    for tree in trees:
        by_node = shares(tree.tree_)
        for place in places:
            blocks.append(plain_tree(len(blocks), tree.tree_, by_node[:, place]))
    text = document(blocks, model.n_features_in_, len(places), "", True)

    def answers(rows):
        return one_thread(model, lambda: model.predict_proba(rows))[:, places]

    return Written(text, "probability" if classes == 2 else "classes", answers, answers)


def forest_regressor(model):
    one_output(model)
    trees = [model] if not hasattr(model, "estimators_") else model.estimators_
    blocks = [plain_tree(place, tree.tree_, tree.tree_.value[:, 0, 0]) for place, tree in enumerate(trees)]
    text = document(blocks, model.n_features_in_, 1, "", True)

    def answers(rows):
        return one_thread(model, lambda: model.predict(rows))

    return Written(text, "value", answers, answers)


def one_thread(model, question):
    """A forest sums its trees in the order in which threads finish; with one thread, in its own order."""
    jobs = getattr(model, "n_jobs", None)
    try:
        model.n_jobs = 1
        return question()
    finally:
        model.n_jobs = jobs


def gradient_boosting(model):
    name = type(model).__name__
    if model.init not in (None, "zero"):
        raise Refused("%s(init=%r)" % (name, model.init), "its first guess is a model of its own", "Leave init out")
    start = model._raw_predict_init(numpy.zeros((1, model.n_features_in_), dtype=numpy.float32))[0]
    groups = len(start)
    blocks = [constant_tree(place, value) for place, value in enumerate(start.tolist())]
    for stage in model.estimators_:
        for regressor in stage:
            values = regressor.tree_.value[:, 0, 0] * model.learning_rate
            blocks.append(plain_tree(len(blocks), regressor.tree_, values))
    classifier = hasattr(model, "classes_")
    if classifier and model.loss == "exponential":
        objective = "binary sigmoid:2"
    else:
        objective = ("binary sigmoid:1" if groups == 1 else "multiclass num_class:%d" % groups) if classifier else ""
    text = document(blocks, model.n_features_in_, groups, objective, False)
    return boosted(model, text, classifier, groups)


def boosted(model, text, classifier, groups):
    if not classifier:
        return Written(text, "value", raw(model), model.predict)
    if groups == 1:
        return Written(text, "probability", model.decision_function, lambda rows: model.predict_proba(rows)[:, 1])
    return Written(text, "classes", model.decision_function, model.predict_proba)


def raw(model):
    return lambda rows: model._raw_predict(rows)[:, 0] if type(model).__name__.startswith("Hist") else model.predict(rows)


def histogram(model):
    name = type(model).__name__
    categorical = getattr(model, "is_categorical_", None)
    if categorical is not None and any(categorical):
        raise Refused("%s with categorical features" % name, "its codes are not public", "Encode them before the model")
    classifier = hasattr(model, "classes_")
    loss = model.loss if isinstance(model.loss, str) else ""
    objectives = {"poisson": "poisson", "gamma": "gamma"}
    start = numpy.ravel(model._baseline_prediction)
    groups = len(start)
    blocks = [constant_tree(place, value) for place, value in enumerate(start.tolist())]
    for stage in model._predictors:
        for predictor in stage:
            blocks.append(histogram_tree(len(blocks), predictor.nodes))
    if classifier:
        objective = "binary sigmoid:1" if groups == 1 else "multiclass num_class:%d" % groups
    else:
        objective = objectives.get(loss, "")
    return boosted(model, document(blocks, model.n_features_in_, groups, objective, False), classifier, groups)


def histogram_tree(number, nodes):
    leaf = nodes["is_leaf"].astype(bool)
    lefts = [-1 if is_leaf else int(left) for is_leaf, left in zip(leaf, nodes["left"])]
    largest = 1.7976931348623157e308
    thresholds = [beside_zero(min(max(float(at), -largest), largest)) for at in nodes["num_threshold"]]
    types = [8 | (2 if goes else 0) for goes in nodes["missing_go_to_left"]]
    counts = nodes["count"].tolist()
    rights = nodes["right"].tolist()
    return tree_block(number, nodes["feature_idx"], thresholds, lefts, rights, nodes["value"], counts, types)


def thresholds(text):
    """By place of the vector, the thresholds of the numeric splits in a LightGBM text."""
    by_place, features, types = {}, [], []
    splits = {}
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key in ("split_feature", "threshold", "decision_type"):
            splits[key] = value.split()
        if key == "right_child" and len(splits) == 3:
            for place, at, kind in zip(splits["split_feature"], splits["threshold"], splits["decision_type"]):
                if not int(kind) & 1:
                    by_place.setdefault(int(place), set()).add(float(at))
            splits = {}
    return by_place


WRITERS = {
    "DecisionTreeClassifier": forest_classifier,
    "RandomForestClassifier": forest_classifier,
    "ExtraTreeClassifier": forest_classifier,
    "ExtraTreesClassifier": forest_classifier,
    "DecisionTreeRegressor": forest_regressor,
    "RandomForestRegressor": forest_regressor,
    "ExtraTreeRegressor": forest_regressor,
    "ExtraTreesRegressor": forest_regressor,
    "GradientBoostingClassifier": gradient_boosting,
    "GradientBoostingRegressor": gradient_boosting,
    "HistGradientBoostingClassifier": histogram,
    "HistGradientBoostingRegressor": histogram,
}
