"""Loads and runs the face models: detector, embedder, face mesh, and an operator's passive liveness model."""

import os

# onnxruntime (1.32) reports its use to its maker and keeps a device number in the user's cache.
# It reads this once, while it loads, and everything that loads it is in this package.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
