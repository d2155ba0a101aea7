"""The end of a capture: its verdict, what is written with it, what the office hears of it."""
