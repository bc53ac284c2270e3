"""Makes deep.onnx: one tree of 500 splits, each with a leaf at one side, the longest path that is let through.

Ran with Debian 12: python3-onnx 1.12.0. Run in this folder:

    /usr/bin/python3 make_deep.py
"""

from onnx import TensorProto, checker, helper

DEEP = 500
ids = list(range(2 * DEEP + 1))
leaf = [i % 2 == 1 or i == 2 * DEEP for i in ids]
leaves = [i for i in ids if leaf[i]]
trees = helper.make_node(
    "TreeEnsembleRegressor", ["X"], ["score"], domain="ai.onnx.ml", n_targets=1,
    nodes_treeids=[0] * len(ids), nodes_nodeids=ids, nodes_featureids=[0] * len(ids),
    nodes_modes=["LEAF" if leaf[i] else "BRANCH_LT" for i in ids],
    nodes_values=[0.0 if leaf[i] else -float(i) for i in ids],
    nodes_truenodeids=[0 if leaf[i] else i + 2 for i in ids],
    nodes_falsenodeids=[0 if leaf[i] else i + 1 for i in ids],
    target_treeids=[0] * len(leaves), target_nodeids=leaves, target_ids=[0] * len(leaves),
    target_weights=[i / 1000 for i in leaves])
graph = helper.make_graph(
    [trees], "deep",
    [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, 4])],
    [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])])
model = helper.make_model(
    graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)],
    ir_version=8, producer_name="make_deep.py")
checker.check_model(model)
with open("deep.onnx", "wb") as file:
    file.write(model.SerializeToString())
