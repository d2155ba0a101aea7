"""Puts the parts of the programs together, from the settings: `serve`, `worker` and the demo."""
