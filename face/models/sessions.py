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


def unpacking_session(model: bytes) -> onnxruntime.InferenceSession:
    """Open a serialised ONNX model whose weights are quantised, and expand them once.

    Without the setting onnxruntime expands them at each run, which makes an SFace embedding take 1.7 times as
    long (`session.disable_quant_qdq` in onnxruntime_session_options_config_keys.h).
    """
    chosen = options()
    chosen.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(model, chosen, providers=PROVIDERS)


def session(model: bytes) -> onnxruntime.InferenceSession:
    """Open a serialised ONNX model."""
    return onnxruntime.InferenceSession(model, options(), providers=PROVIDERS)
