"""The live capture: its challenges, and the session from start to verdict."""
