"""Assembles the programs from their parts and the settings: `serve`, `worker` and the demo."""
