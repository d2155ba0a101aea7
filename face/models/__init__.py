"""Loads and runs the face models: detector, embedder, face mesh, and an operator's passive liveness model."""
