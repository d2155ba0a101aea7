"""Loads the face models and runs them: detector, embedder, face mesh, and an operator's passive liveness model."""
