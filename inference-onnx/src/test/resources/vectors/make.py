"""Makes the ONNX files of this folder and what scikit-learn answers for their rows.

Ran with Debian 12: python3-onnx 1.12.0, python3-sklearn 1.2.1, python3-numpy 1.24.2. Run in this folder:

    /usr/bin/python3 make.py

skl2onnx is not in Debian, so the graphs are put together here in the shape in which it writes them.
"""

import json

import numpy as np
import sklearn
from onnx import TensorProto, ValueInfoProto, checker, helper, numpy_helper
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

random = np.random.RandomState(7)
F, D, I, S, B = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT64, TensorProto.STRING, TensorProto.BOOL
FEATURES = 4


def save(name, nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="make.py")
    checker.check_model(model)
    with open(name + ".onnx", "wb") as file:
        file.write(model.SerializeToString())


def table(name="X", width=FEATURES, kind=F):
    return helper.make_tensor_value_info(name, kind, [None, width])


def answers(name, rows, probabilities):
    with open(name + ".json", "w") as file:
        json.dump({"tool": "scikit-learn " + sklearn.__version__,
                   "rows": [[float(x) for x in row] for row in rows],
                   "probabilities": [[float(p) for p in row] for row in probabilities]}, file)
        file.write("\n")


def maps(name):
    value = ValueInfoProto(name=name)
    kind = value.type.sequence_type.elem_type.map_type
    kind.key_type = I
    kind.value_type.tensor_type.elem_type = F
    return value


x = random.normal(size=(400, FEATURES)).astype(np.float32)
y = (x[:, 0] - 2 * x[:, 1] * x[:, 2] + random.normal(size=400) > 0).astype(int)
probe = x[:40]

# A logistic regression as skl2onnx writes it, the probabilities in a map a row.
linear = LogisticRegression().fit(x, y)
save("logistic", [
    helper.make_node("LinearClassifier", ["X"], ["label", "raw"], domain="ai.onnx.ml",
                     coefficients=np.concatenate([-linear.coef_, linear.coef_]).ravel().tolist(),
                     intercepts=np.concatenate([-linear.intercept_, linear.intercept_]).tolist(),
                     classlabels_ints=[0, 1], multi_class=1, post_transform="LOGISTIC"),
    helper.make_node("Normalizer", ["raw"], ["normal"], domain="ai.onnx.ml", norm="L1"),
    helper.make_node("ZipMap", ["normal"], ["probabilities"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])],
    [table()], [helper.make_tensor_value_info("label", I, [None]), maps("probabilities")])
answers("logistic", probe, linear.predict_proba(probe))

# A small net of plain ONNX operators with one output, which has no name for its classes.
net = MLPClassifier((8,), max_iter=400, random_state=1).fit(x, y)
weights = [numpy_helper.from_array(np.asarray(a, np.float32), name) for a, name in (
    (net.coefs_[0], "w1"), (net.intercepts_[0], "b1"), (net.coefs_[1], "w2"), (net.intercepts_[1], "b2"))]
save("net", [
    helper.make_node("Gemm", ["X", "w1", "b1"], ["h1"]), helper.make_node("Relu", ["h1"], ["h2"]),
    helper.make_node("Gemm", ["h2", "w2", "b2"], ["z"]), helper.make_node("Sigmoid", ["z"], ["p"])],
    [table()], [table("p", 1)], weights)
answers("net", probe, net.predict_proba(probe)[:, 1:])


# Trees.
def nodes(trees, weigh):
    keys = ("treeids", "nodeids", "featureids", "modes", "values", "truenodeids", "falsenodeids")
    columns = {"nodes_" + key: [] for key in keys}
    leaves = []
    for number, tree in enumerate(trees):
        for node in range(tree.node_count):
            leaf = tree.children_left[node] < 0
            row = (number, node, 0 if leaf else int(tree.feature[node]), "LEAF" if leaf else "BRANCH_LEQ",
                   0.0 if leaf else float(tree.threshold[node]),
                   0 if leaf else int(tree.children_left[node]), 0 if leaf else int(tree.children_right[node]))
            for key, value in zip(keys, row):
                columns["nodes_" + key].append(value)
            if leaf:
                leaves += [(number, node, target, weight) for target, weight in weigh(number, tree, node)]
    for i, key in enumerate(("class_treeids", "class_nodeids", "class_ids", "class_weights")):
        columns[key] = [leaf[i] for leaf in leaves]
    return columns


forest = RandomForestClassifier(12, max_depth=5, random_state=2).fit(x, y)


def shares(number, tree, node):
    counts = tree.value[node][0]
    return [(k, float(c / counts.sum() / len(forest.estimators_))) for k, c in enumerate(counts)]


save("forest", [
    helper.make_node("TreeEnsembleClassifier", ["X"], ["label", "probabilities"], domain="ai.onnx.ml",
                     classlabels_strings=["good", "bad"], post_transform="NONE",
                     **nodes([e.tree_ for e in forest.estimators_], shares))],
    [table()], [helper.make_tensor_value_info("label", S, [None]), table("probabilities", 2)])
answers("forest", probe, forest.predict_proba(probe))

boosted = GradientBoostingClassifier(n_estimators=30, max_depth=3, random_state=3).fit(x, y)
prior = float(np.log(y.mean() / (1 - y.mean())))
save("boosted", [
    helper.make_node("Cast", ["X"], ["narrow"], to=F),
    helper.make_node("TreeEnsembleClassifier", ["narrow"], ["label", "raw"], domain="ai.onnx.ml",
                     classlabels_int64s=[0, 1], post_transform="LOGISTIC", base_values=[prior],
                     **nodes([e.tree_ for e in boosted.estimators_.ravel()],
                             lambda number, tree, node: [(0, float(0.1 * tree.value[node][0][0]))])),
    helper.make_node("ZipMap", ["raw"], ["probabilities"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])],
    [table(kind=D)], [helper.make_tensor_value_info("label", I, [None]), maps("probabilities")])
answers("boosted", probe, boosted.predict_proba(probe))

# One input for each feature, each of another type.
save("columns", [
    helper.make_node("Cast", ["income"], ["income_f"], to=F), helper.make_node("Cast", ["children"], ["children_f"], to=F),
    helper.make_node("Cast", ["owner"], ["owner_f"], to=F),
    helper.make_node("OneHotEncoder", ["purpose"], ["purpose_3"], domain="ai.onnx.ml",
                     cats_strings=["car", "radio/tv", "repairs"], zeros=1),
    helper.make_node("Reshape", ["purpose_3", "rows"], ["purpose_f"]),
    helper.make_node("Concat", ["age", "income_f", "children_f", "owner_f", "purpose_f"], ["all"], axis=1),
    helper.make_node("Gemm", ["all", "w", "b"], ["z"]), helper.make_node("Sigmoid", ["z"], ["score"])],
    [table("age", 1), table("income", 1, D), table("children", 1, I), table("owner", 1, B), table("purpose", 1, S)],
    [table("score", 1)],
    [numpy_helper.from_array(np.array([[0.02], [-0.001], [0.3], [-0.5], [0.25], [-0.75], [1.5]], np.float32), "w"),
     numpy_helper.from_array(np.array([-0.4], np.float32), "b"),
     numpy_helper.from_array(np.array([-1, 3], np.int64), "rows")])

# A net that takes some milliseconds a row, and one row at a time: three products of 400 x 400 matrices.
wide = numpy_helper.from_array(np.array([400, 400], np.int64), "shape")
save("slow", [
    helper.make_node("ReduceMean", ["X"], ["mean"], axes=[1], keepdims=1), helper.make_node("Expand", ["mean", "shape"], ["m0"]),
    helper.make_node("Mul", ["m0", "small"], ["m1"]),
    helper.make_node("MatMul", ["m1", "m1"], ["m2"]), helper.make_node("MatMul", ["m2", "m1"], ["m3"]),
    helper.make_node("MatMul", ["m3", "m1"], ["m4"]), helper.make_node("ReduceMean", ["m4"], ["z"], axes=[0, 1], keepdims=1),
    helper.make_node("Sigmoid", ["z"], ["p"])],
    [helper.make_tensor_value_info("X", F, [1, FEATURES])], [helper.make_tensor_value_info("p", F, [1, 1])],
    [wide, numpy_helper.from_array(np.array([0.0025], np.float32), "small")])
