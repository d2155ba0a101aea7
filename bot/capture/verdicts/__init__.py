"""The end of a capture: its verdict, the records written with it, and tasks for the office."""
