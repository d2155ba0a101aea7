"""Opens networks in onnxruntime.

Each session uses one thread: checks run side by side in a pool, where threads inside threads cost more than
they gain. Many threads may run one session at once (a documented guarantee of onnxruntime).
"""

import onnxruntime

PROVIDERS = ["CPUExecutionProvider"]


def options() -> onnxruntime.SessionOptions:
    """Return the options of every session."""
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = 1
    chosen.inter_op_num_threads = 1
    chosen.log_severity_level = 3
    return chosen


def session(model: bytes) -> onnxruntime.InferenceSession:
    """Open a serialised ONNX model."""
    return onnxruntime.InferenceSession(model, options(), providers=PROVIDERS)
