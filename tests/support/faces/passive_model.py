"""A passive liveness model that gives every picture the same result."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def write_passive_model(path, probability, licence=None):
    """Write an ONNX file that returns `probability` for every picture; `licence` goes into its metadata."""
    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["input"], ["mean"], axes=[1, 2, 3], keepdims=0),
            helper.make_node("Mul", ["mean", "nothing"], ["zero"]),
            helper.make_node("Add", ["zero", "said"], ["live"]),
        ],
        "tiny",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 80, 80])],
        [helper.make_tensor_value_info("live", TensorProto.FLOAT, [1])],
        [
            numpy_helper.from_array(np.array(0, np.float32), "nothing"),
            numpy_helper.from_array(np.array(probability, np.float32), "said"),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    if licence is not None:
        helper.set_model_props(made, {"License": licence})
    path.write_bytes(made.SerializeToString())
    return path
