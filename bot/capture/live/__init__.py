"""The live capture: its challenges, and the session from its begin to its verdict."""
